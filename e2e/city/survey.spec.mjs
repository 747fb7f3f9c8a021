// Citizens answer: on a phone without JavaScript, with a slip whose code is
// blinded in the browser, on a kiosk that loses its network; and what is wrong
// is told. Each test makes a service of its own, which no other spec knows.
import { execFileSync } from 'node:child_process';
import { marks, newService, nine, withWave } from '../citizen.mjs';
import { test, expect, accessible, fits, weigh } from '../fixtures.mjs';

// ready makes a service with a running wave.
const ready = async (as, name) => withWave(await newService(as, name));

// answersOf asks the public interface how many answers are stored.
async function answersOf(request, code) {
  const list = await (await request.get('/api/v1/public/services')).json();
  return list.find((s) => s.code === code).answers;
}

test('a citizen answers on a phone without JavaScript, from the address of the QR to the thanks', async ({ as, browser, baseURL }) => {
  const service = await ready(as, 'telepon');
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false, viewport: { width: 360, height: 780 }, locale: 'id-ID' });
  const page = await context.newPage();
  const answer = await page.goto(service.form);
  expect(answer.status()).toBe(200);
  await expect(page.getByText('selesai 1 hari kerja').first()).toBeVisible();
  for (const [i, key] of nine.entries()) await page.locator(`input[name=${key}][value="${1 + (i % 4)}"]`).check();
  await page.locator('textarea[name=words]').fill('Antre lama <script>alert(1)</script>');
  await page.locator('summary').click();
  await page.locator('select[name=age]').selectOption('60+');
  await page.locator('button[type=submit]').click();
  await expect(page).toHaveURL(/terima-kasih/);
  await expect(page.locator('h1')).toContainText('Terima kasih');
  expect(await context.cookies()).toEqual([]);
  await context.close();
  expect(await answersOf(service.request, service.code)).toBe(1);
});

test('the survey in both languages and large print is accessible, fits a phone and is light', async ({ as, page }) => {
  const service = await ready(as, 'ringan');
  await page.setViewportSize({ width: 360, height: 780 });
  const { all } = await weigh(page, service.form);
  console.log(`    survey: ${(all / 1024).toFixed(1)} KB in all`);
  expect(all).toBeLessThan(30 * 1024);
  for (const query of ['?lang=id', '?lang=en', '?lang=en&huruf=besar']) {
    await page.goto(service.form + query);
    await accessible(page);
    await fits(page);
  }
  await page.goto(`${service.form}/terima-kasih?lang=en`);
  await accessible(page);
});

test('what is wrong is answered rightly and nothing is stored', async ({ as }) => {
  const service = await ready(as, 'salah');
  const { request } = service;
  const post = async (form, path = service.form) => (await request.post(path, { form, maxRedirects: 0 })).status();
  expect(await post(marks(3, { time: 0 })), 'zero').toBe(422);
  expect(await post(marks(3, { time: 5 })), 'five').toBe(422);
  expect(await post(marks(3, { time: 'cepat' })), 'a word').toBe(422);
  expect(await post(marks(3, { time: '' })), 'a missing answer').toBe(422);
  expect(await post(marks(3, { charter: 4 })), 'ten elements').toBe(422);
  expect(await post(marks(3, { sex: '<script>' })), 'a script in the profile').toBe(422);
  expect(await post(marks(3, { words: 'a'.repeat(1001) })), 'a novel').toBe(422);
  expect(await post(marks(3, { words: 'a'.repeat(1 << 20) })), 'a megabyte').toBe(413);
  expect(await post(marks(3, { token: 'AAAA-AAAA-AAAB' })), 'a mistyped slip').toBe(422);
  expect(await post(marks(3, { token: 'A'.repeat(427) })), 'a forged token').toBe(422);
  expect(await post(marks(3), '/s/tidak-ada'), 'an unknown service').toBe(404);
  expect(await post(marks(3), `${service.form}/kios?alat=${'0'.repeat(32)}`), 'an unknown kiosk').toBe(403);
  expect(await answersOf(request, service.code)).toBe(0);
  expect((await request.post(`${service.wave}/tutup`, { form: {}, maxRedirects: 0 })).status()).toBe(303);
  expect(await post(marks(3)), 'a closed wave').toBe(409);
  expect(await answersOf(request, service.code)).toBe(0);
  expect((await request.get('/healthz')).status()).toBe(200);
});

test('a slip’s code is blinded in the browser, counts once, and the counts stand in public', async ({ as, page }) => {
  const service = await ready(as, 'kupon');
  const pdf = await service.request.post(`${service.wave}/kupon.pdf`, { form: { number: '2' } });
  expect(pdf.status()).toBe(200);
  const text = execFileSync('pdftotext', ['-', '-'], { input: await pdf.body() }).toString();
  const [code, other] = [...new Set(text.match(/\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b/g))];
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto(`${service.form}?k=${code}`);
  await expect(page.locator('#token')).toHaveValue(/^[\w-]{400,}$/);
  for (const key of nine) {
    await page.locator(`input[name=${key}][value="4"]`).check();
    await page.locator('[data-step-next]').click();
  }
  await accessible(page);
  await page.locator('[data-step-send]').click();
  await expect(page.locator('h1')).toContainText('Terima kasih');
  const again = (token) => service.request.post(service.form, { form: marks(3, { token }), maxRedirects: 0 });
  expect((await again(code)).status(), 'the code after it was blinded').toBe(422);
  expect((await again(other)).status(), 'the other code, unlinked').toBe(303);
  expect((await again(other)).status(), 'and again').toBe(422);
  expect(await answersOf(service.request, service.code)).toBe(2);
});

// newKiosk registers a device and opens it in a browser of its own.
async function newKiosk(service, browser, baseURL, options = {}) {
  const { page } = service;
  await page.goto(`/survei/layanan/${service.code}`);
  await page.locator('#kios summary').click();
  await page.locator('#kios [name=kiosk]').fill('Tablet uji');
  await page.locator('#kios form.fields button').click();
  const link = new URL(await page.locator('#kios-baru a').getAttribute('href'));
  const context = await browser.newContext({ baseURL, locale: 'id-ID', viewport: { width: 800, height: 1280 }, ...options });
  const kiosk = await context.newPage();
  await kiosk.goto(link.pathname + link.search);
  return { context, kiosk, start: link.pathname + link.search };
}

async function fillIn(kiosk, mark) {
  await kiosk.locator('[data-kiosk-begin]').click();
  for (const key of nine) {
    await kiosk.locator(`label:has(input[name=${key}][value="${mark}"])`).click();
    await kiosk.locator('[data-step-next]').click();
  }
  await kiosk.locator('[data-step-send]').click();
  await expect(kiosk.locator('[data-kiosk-thanks]')).toBeVisible();
}

test('a kiosk loses its network, goes on, and catches up', async ({ as, browser, baseURL }) => {
  test.setTimeout(90_000);
  const service = await ready(as, 'kios');
  const { context, kiosk, start } = await newKiosk(service, browser, baseURL);
  await expect(kiosk.locator('[data-kept=yes]')).toBeAttached();
  await accessible(kiosk);
  await fillIn(kiosk, 3);
  await expect.poll(() => answersOf(service.request, service.code)).toBe(1);

  await context.setOffline(true);
  await kiosk.locator('[data-kiosk-again]').click();
  await fillIn(kiosk, 4);
  await expect(kiosk.locator('[data-kiosk-queue]')).toContainText('Menunggu dikirim: 1');
  await kiosk.reload(); // the device is switched off and on
  await expect(kiosk.locator('[data-kiosk-begin]')).toBeVisible();
  await kiosk.locator('.lang a').first().click(); // English, which was put away too
  await expect(kiosk.locator('html')).toHaveAttribute('lang', 'en');
  await fillIn(kiosk, 2);
  await expect(kiosk.locator('[data-kiosk-queue]')).toContainText('Waiting to be sent: 2');
  await accessible(kiosk);
  expect(await answersOf(service.request, service.code)).toBe(1);

  await context.setOffline(false);
  await expect(kiosk.locator('[data-kiosk-queue]')).toContainText('All answers are sent');
  await expect.poll(() => answersOf(service.request, service.code)).toBe(3);

  // What cannot be sent any more is told and can be taken along.
  await context.setOffline(true);
  await kiosk.locator('[data-kiosk-again]').click();
  await fillIn(kiosk, 1);
  await service.request.post(`${service.wave}/tutup`, { form: {}, maxRedirects: 0 });
  await context.setOffline(false);
  await expect(kiosk.locator('[data-kiosk-refused] summary')).toContainText('1');
  await kiosk.locator('[data-kiosk-refused] summary').click();
  await expect(kiosk.locator('[data-kiosk-save]')).toBeHidden(); // it is not for the next citizen
  await kiosk.goto('about:blank');
  await kiosk.goto(`${start}#petugas`);
  await kiosk.locator('[data-kiosk-refused] summary').click();
  const saved = kiosk.waitForEvent('download');
  await kiosk.locator('[data-kiosk-save]').click();
  expect((await saved).suggestedFilename()).toBe('jawaban-kios.csv');
  expect(await answersOf(service.request, service.code)).toBe(3);
  await context.close();
});

test('a kiosk that was left returns to its start without a trace', async ({ as, browser, baseURL }) => {
  const service = await ready(as, 'tinggal');
  const { context, kiosk } = await newKiosk(service, browser, baseURL);
  await expect(kiosk.locator('[data-kept=yes]')).toBeAttached();
  await kiosk.clock.install();
  await kiosk.reload();
  await kiosk.locator('[data-kiosk-begin]').click();
  await kiosk.locator('label:has(input[name=requirements][value="1"])').click();
  await kiosk.clock.fastForward(61_000);
  await expect(kiosk.locator('[data-kiosk-stay]')).toBeVisible();
  await accessible(kiosk);
  await kiosk.clock.fastForward(16_000);
  await expect(kiosk.locator('[data-kiosk-begin]')).toBeVisible();
  expect(await kiosk.locator('input:checked').count()).toBe(0);
  expect(await answersOf(service.request, service.code)).toBe(0);
  await context.close();
});
