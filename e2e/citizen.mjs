// What tests about citizens share: a service of their own, its answers, a
// member of the forum, and the letters that were sent.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { expect, today } from './fixtures.mjs';

export const nine = ['requirements', 'procedure', 'time', 'cost', 'product', 'competence', 'behaviour', 'complaints', 'facilities'];
export const marks = (mark, more = {}) => ({ ...Object.fromEntries(nine.map((key) => [key, mark])), ...more });

// newService makes a service as HR, of the first unit or of the one whose name
// begins with unit, and returns its code and a page signed in as HR.
export async function newService(as, name, { unit = '' } = {}) {
  const page = await as('bkpsdm');
  const code = `uji-${name}-${Date.now().toString(36)}`;
  await page.goto('/survei/baru');
  const options = page.locator('select[name=unit] option[value]:not([value=""])');
  const option = unit ? options.filter({ hasText: new RegExp(`^\\s*${unit}`) }).first() : options.first();
  const made = await page.request.post('/survei/baru', {
    form: { name: `Layanan ${code}`, name_en: `Service ${code}`, code, unit: await option.getAttribute('value'), time: 'selesai 1 hari kerja', cost: 'gratis' },
    maxRedirects: 0,
  });
  expect(made.status()).toBe(303);
  return { code, name: `Layanan ${code}`, page, form: `/s/${code}`, desk: `/survei/layanan/${code}`, public: `/layanan/${code}`, request: page.request };
}

// withWave opens a wave of today for a service.
export async function withWave(service) {
  const form = new URLSearchParams([['opens_on', today], ['ends_on', '2026-12-31'], ['population', '400'], ['by', 'krejcie'], ['repeat', '0']]);
  for (const stratum of ['visit', 'kiosk', 'paper', 'assisted', 'counter', 'open']) form.append('basis', stratum);
  for (const key of nine) form.append('elements', key);
  const opened = await service.request.post(`${service.desk}/masa`, {
    data: form.toString(), headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, maxRedirects: 0,
  });
  expect(opened.status()).toBe(303);
  return { ...service, wave: opened.headers().location };
}

// letters returns the letters to an address that a server of this machine has
// written, the newest last.
export function letters(address) {
  const found = [];
  for (const dir of readdirSync(tmpdir()).filter((d) => d.startsWith('gurindam-e2e-'))) {
    let files = [];
    try { files = readdirSync(join(tmpdir(), dir, 'mail')); } catch { continue; }
    for (const file of files.sort()) {
      const text = readFileSync(join(tmpdir(), dir, 'mail', file), 'utf8').replaceAll('=\r\n', '').replaceAll('=3D', '=');
      if (text.includes(`<${address}>`)) found.push(text);
    }
  }
  return found;
}

// member joins the forum in a browser of their own and returns its page.
export async function member(browser, baseURL, name, options = {}) {
  const context = await browser.newContext({ baseURL, locale: 'id-ID', ...options });
  const page = await context.newPage();
  await page.goto('/forum/masuk');
  await page.locator('form[action="/forum/daftar"] [name=name]').fill(`${name} ${String(Date.now()).slice(-6)}`);
  await page.locator('form[action="/forum/daftar"] button').click();
  await expect(page.getByRole('heading', { name: 'Kode Anda' })).toBeVisible();
  return page;
}

// newTopic opens a topic of a member about a service and has HR release it.
export async function newTopic(page, service, title, body) {
  await page.goto('/forum/baru');
  await page.locator('select[name=service]').selectOption({ label: service.name });
  await page.locator('[name=title]').fill(title);
  await page.locator('[name=body]').fill(body);
  await page.getByRole('button', { name: 'Buka topik' }).click();
  await expect(page.getByText('Menunggu diperiksa moderator').first()).toBeVisible();
  const topic = new URL(page.url()).pathname;
  await service.page.goto('/forum/moderasi');
  await service.page.locator('#topik li', { hasText: title }).getByRole('button', { name: 'Tampilkan' }).click();
  await expect(service.page.getByText('Putusan tersimpan')).toBeVisible();
  return topic;
}
