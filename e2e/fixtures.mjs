// What all browser tests share: a page of somebody signed in, the axe check,
// and what a page weighs.
import { test as base, expect } from '@playwright/test';
import { AxeBuilder } from '@axe-core/playwright';
import { demoPassword } from './chromium.mjs';

export { expect };
export const today = '2026-11-23';
export const accounts = ['walikota', 'sekda', 'bkpsdm', 'kepala', 'atasan', 'pegawai', 'inspektorat', 'admin'];

export const test = base.extend({
  // as('pegawai') opens a page of that demo account in a browser of its own.
  as: async ({ browser, baseURL }, use) => {
    const open = [];
    await use(async (account, options = {}) => {
      const context = await browser.newContext({ baseURL, locale: 'id-ID', ...options });
      open.push(context);
      const answer = await context.request.post('/login', {
        form: { username: account, password: demoPassword },
        maxRedirects: 0,
      });
      expect(answer.status(), `sign in as ${account}`).toBe(303);
      return context.newPage();
    });
    await Promise.all(open.map((context) => context.close()));
  },

  // Every page is watched: an error in the console fails the test that caused it.
  page: async ({ page }, use) => {
    const trouble = watch(page);
    await use(page);
    expect(trouble, 'errors in the console').toEqual([]);
  },
});

// watch collects what a page complains about; refused answers (4xx) that a
// test asks for on purpose are not among it.
export function watch(page) {
  const trouble = [];
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) trouble.push(message.text());
  });
  return trouble;
}

// accessible fails with what axe finds serious or critical. No page has frames,
// so axe need not open a page of its own to put their findings together, and
// what is in order need not be listed: it is done in a third of the time.
export async function accessible(page, where = page.url()) {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] }).analyze();
  const found = violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .flatMap((v) => v.nodes.map((n) => `${v.id} ${n.target.join(' ')}: ${n.failureSummary.replace(/\s+/g, ' ')}`));
  expect(found, `axe on ${where}`).toEqual([]);
}

// fits fails when the page scrolls sideways.
export async function fits(page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(over, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
}

// weigh opens a path with an empty cache and returns the bytes that came over
// the wire, for the page itself and in all.
export async function weigh(page, path) {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  const sizes = new Map();
  let document;
  client.on('Network.responseReceived', ({ requestId, type }) => { if (type === 'Document') document = requestId; });
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength));
  await page.goto(path, { waitUntil: 'networkidle' });
  await client.detach();
  return { page: sizes.get(document) ?? 0, all: [...sizes.values()].reduce((a, b) => a + b, 0) };
}
