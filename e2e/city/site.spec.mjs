// The sample city as everybody sees it: signing in, both languages, what may be
// seen by whom, and every page of everybody's menu.
import { test, expect, accounts, accessible, fits, watch, weigh } from '../fixtures.mjs';

test.describe.configure({ mode: 'parallel' });

test('answers that it is well', async ({ request }) => {
  expect((await request.get('/healthz')).status()).toBe(200);
  expect((await request.get('/metrics')).status()).toBe(200);
});

test('the sign-in page lists the demo accounts, one button each', async ({ page }) => {
  await page.goto('/login');
  await accessible(page);
  for (const account of accounts) await expect(page.locator(`button[value="${account}"], form:has([value="${account}"]) button`).first()).toBeVisible();
});

test('a wrong password says so and keeps the name', async ({ page }) => {
  await page.goto('/login');
  await page.locator('[name=username]').first().fill('pegawai');
  await page.locator('[name=password]').first().fill('salah');
  const answer = page.waitForResponse((r) => r.request().method() === 'POST');
  await page.locator('[name=password]').first().press('Enter');
  expect((await answer).status()).toBe(401);
  await expect(page.locator('[name=username]').first()).toHaveValue('pegawai');
  await accessible(page);
});

test('a page that needs an account leads to the sign-in and back', async ({ page }) => {
  await page.goto('/skp');
  await expect(page).toHaveURL(/\/login\?next=%2Fskp/);
  await page.locator('[name=username]').first().fill('pegawai');
  await page.locator('[name=password]').first().fill('gurindam-demo');
  await page.locator('[name=password]').first().press('Enter');
  await expect(page).toHaveURL(/\/skp/);
});

test('an address that is not there answers 404 in plain words', async ({ page }) => {
  const answer = await page.goto('/tidak-ada-di-sini');
  expect(answer.status()).toBe(404);
  await accessible(page);
});

test('another site cannot post in somebody’s name', async ({ as }) => {
  const page = await as('pegawai');
  const answer = await page.request.post('/logout', { headers: { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' } });
  expect(answer.status()).toBe(403);
});

test('the home page weighs little', async ({ as }, info) => {
  const page = await as('pegawai');
  const first = await weigh(page, '/');
  const next = await weigh(page, '/menu');
  info.annotations.push({ type: 'weight', description: `${first.all} bytes first, ${next.all} bytes next` });
  console.log(`    home: ${kb(first.all)} the first time (page ${kb(first.page)}), the next page ${kb(next.all)}`);
  expect(first.all).toBeLessThan(100 * 1024);
  expect(next.all).toBeLessThan(30 * 1024);
});

const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

// menuOf lists the addresses in somebody's menu.
async function menuOf(page) {
  await page.goto('/menu');
  const hrefs = await page.locator('main a[href^="/"]').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  return ['/', ...new Set(hrefs)].filter((href) => !href.startsWith('/bahasa'));
}

// A sentence without a translation is shown as its key in brackets.
const untranslated = /\[[a-z][a-z_]*\.[a-z0-9_.]+\]/;

// inOrder fails on what one page must never be: refused, inaccessible,
// untranslated, wider than a phone.
async function inOrder(page, path, who, read = true) {
  const answer = await page.goto(path);
  expect(answer.status(), `${path} for ${who}`).toBe(200);
  if (read) await accessible(page, `${path} for ${who}`);
  expect(await page.locator('body').innerText(), path).not.toMatch(untranslated);
  const wide = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 780 });
  await fits(page);
  await page.setViewportSize(wide);
}

// What a page looks like does not depend on the database, and every address is
// asked on both by the tests in Go: on PostgreSQL only HR's menu is walked, the
// longest one, and only its home is read by the accessibility tree.
const elsewhere = (account, info) => info.project.name === 'postgres' && account !== 'bkpsdm';

// These two read every page of their menus by the accessibility tree; the others
// their home and what the two do not have. That is most of the time of the walk.
const fullMenus = ['pegawai', 'bkpsdm'];

for (const account of accounts) {
  test(`every page in the menu of ${account}`, async ({ as }, info) => {
    test.skip(elsewhere(account, info), 'walked on SQLite');
    test.setTimeout(300_000);
    const page = await as(account);
    const trouble = watch(page);
    const known = fullMenus.includes(account) ? [] : (await Promise.all(fullMenus.map(async (a) => menuOf(await as(a))))).flat();
    const reads = (path) => path === '/' || info.project.name === 'sqlite' && !known.includes(path);
    for (const path of await menuOf(page)) await inOrder(page, path, account, reads(path));
    expect(trouble).toEqual([]);
  });
}

test('every page that is open to everybody', async ({ page }, info) => {
  test.skip(elsewhere('everybody', info), 'walked on SQLite');
  test.setTimeout(180_000);
  const trouble = watch(page);
  const seen = new Set();
  const queue = ['/', '/layanan', '/forum', '/aturan', '/v', '/kabar', '/login', '/undangan', '/s/akta-kelahiran'];
  while (queue.length > 0) {
    const path = queue.shift();
    const kind = path.split('?')[0].replace(/^\/(layanan|aturan|s|forum\/topik)\/[^/]+/, '/$1/*');
    if (seen.has(kind)) continue;
    seen.add(kind);
    await inOrder(page, path, 'everybody');
    queue.push(...await page.locator('main a[href^="/"]:not([download])').evaluateAll((links) =>
      links.map((a) => a.getAttribute('href').split('#')[0]).filter((href) => !/\.(pdf|csv|xlsx)|format=/.test(href))));
  }
  expect(seen.size).toBeGreaterThan(12);
  expect(trouble).toEqual([]);
});

test('a citizen finds the services, their index and how to take part on the first page, without a script', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const page = await context.newPage();
  expect((await page.goto('/')).status()).toBe(200);
  const services = page.locator('.services > li');
  await expect(services).toHaveCount(6);
  await expect(services.first()).toContainText(/\d\d,\d\d/);
  await services.first().getByRole('link').click();
  await expect(page).toHaveURL(/\/layanan\/.+/);
  await page.goto('/');
  await page.getByRole('link', { name: 'Masuk sebagai pegawai' }).click();
  await expect(page).toHaveURL(/\/login/);
  await context.close();
});

for (const account of ['pegawai', 'bkpsdm']) {
  test(`every page of ${account} in English, on a phone and in the dark`, async ({ as }, info) => {
    test.skip(elsewhere('in the dark', info), 'walked on SQLite');
    test.setTimeout(300_000);
    const page = await as(account, { viewport: { width: 360, height: 780 }, colorScheme: 'dark', reducedMotion: 'reduce' });
    await page.goto('/bahasa/en?next=/');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    for (const path of await menuOf(page)) {
      await page.goto(path);
      await fits(page);
      await accessible(page, `${path} for ${account}, in English`);
      expect(await page.locator('body').innerText(), path).not.toMatch(untranslated);
    }
  });
}

test('signing out ends the session', async ({ as }) => {
  const page = await as('pegawai');
  await page.goto('/menu');
  await page.locator('form[action="/logout"] button').click();
  await page.goto('/menu');
  await expect(page).toHaveURL(/\/login/);
});
