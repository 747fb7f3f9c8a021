// The parts of pages by themselves, in both themes and widths.
import { test, expect, accessible, fits, weigh } from '../fixtures.mjs';

test.describe.configure({ mode: 'parallel' });

const pages = ['/', '/skp', '/skp?i=1', '/evaluation', '/map', '/table', '/person', '/form', '/form?wrong=1', '/charts', '/paper', '/service', '/survey'];

for (const colorScheme of ['light', 'dark']) {
  for (const width of [360, 1280]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 }, contextOptions: { reducedMotion: 'reduce' } });
      test('are accessible and fit', async ({ page }) => {
        test.setTimeout(240_000); // axe takes its time on a busy machine
        for (const path of pages) {
          await page.goto(path);
          await fits(page);
          await accessible(page, `${path} ${colorScheme} ${width}`);
        }
      });
    });
  }
}

test('weigh little', async ({ page }) => {
  const { all } = await weigh(page, '/');
  expect(all).toBeLessThan(100 * 1024);
  const again = await weigh(page, '/table');
  expect(again.all).toBeLessThan(30 * 1024);
});

test('a link opens beside the page, Back closes it and the focus returns', async ({ page }) => {
  await page.goto('/table');
  const link = page.getByRole('link', { name: 'Dewi Rahmawati' });
  await link.click();
  const pane = page.getByRole('complementary', { name: 'Rincian' });
  await expect(pane.getByRole('heading', { level: 1 })).toHaveText('Dewi Rahmawati');
  await expect(page).toHaveURL('/table');
  await expect(page.getByRole('heading', { name: 'Pegawai', exact: true })).toBeVisible();
  await page.goBack();
  await expect(pane).toBeHidden();
  await expect(link).toBeFocused();
});

test('on a phone the pane covers the page, which is then out of reach', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto('/table');
  await page.getByRole('link', { name: 'Arif Hidayat' }).click();
  await expect(page.locator('#pane')).toBeVisible();
  expect(await page.locator('main').evaluate((main) => main.inert)).toBe(true);
  await accessible(page, 'the pane on a phone');
  await page.keyboard.press('Escape');
  await expect(page.locator('#pane')).toBeHidden();
  expect(await page.locator('main').evaluate((main) => main.inert)).toBe(false);
});

test('what cannot be undone is asked first', async ({ page }) => {
  await page.goto('/skp');
  await page.getByRole('button', { name: 'Ajukan SKP' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('terkunci sampai Bu Rina menjawab');
  await accessible(page, 'the question');
  await dialog.getByRole('button', { name: 'Batal' }).click();
  await expect(page).toHaveURL('/skp');
  await page.getByRole('button', { name: 'Ajukan SKP' }).click();
  await dialog.getByRole('button', { name: 'Ajukan SKP' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'SKP diajukan' })).toBeVisible();
});

test('leaving with unsaved changes is warned of, saving is not', async ({ page }) => {
  await page.goto('/form');
  await page.getByLabel('Indikator').fill('Berkas kelurahan lengkap pada kunjungan pertama');
  const asked = new Promise((resolve) => page.once('dialog', async (d) => { await d.dismiss(); resolve(d.type()); }));
  await page.getByRole('link', { name: 'Riwayat' }).click({ noWaitAfter: true });
  expect(await asked).toBe('beforeunload');
  await page.getByLabel('Target').fill('2');
  await page.getByLabel('Makin kecil').check();
  await page.getByLabel('Saya sudah').check();
  await page.getByRole('button', { name: 'Simpan' }).click();
  await expect(page).toHaveURL('/?sent=1');
});

test('a survey asks one question a screen on a phone, and all in one page otherwise', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto('/survey');
  await expect(page.getByText('1 dari 2')).toBeVisible();
  await expect(page.getByText('keramahan')).toBeHidden();
  await page.getByLabel('Sangat baik').first().check();
  await page.getByRole('button', { name: 'Lanjut' }).click();
  await expect(page.getByText('2 dari 2')).toBeVisible();
  await expect(page.getByText('kecepatan')).toBeHidden();
  await accessible(page, 'the second question');
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(page.getByText('kecepatan')).toBeVisible();
  await expect(page.getByText('keramahan')).toBeVisible();
});

test('"/" goes to the search', async ({ page }) => {
  await page.goto('/table');
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('links lead to pages and forms post', async ({ page }) => {
    await page.goto('/table');
    await page.getByRole('link', { name: 'Dewi Rahmawati' }).click();
    await expect(page).toHaveURL('/person');
    await page.goto('/survey');
    await expect(page.getByText('keramahan')).toBeVisible();
    for (const name of ['kecepatan', 'keramahan']) await page.locator(`[name=${name}][value="4"]`).check();
    await page.getByRole('button', { name: 'Kirim jawaban' }).click();
    await expect(page).toHaveURL('/?sent=1');
  });
});

test('a chart can be taken along as a file of its own', async ({ page }) => {
  await page.goto('/charts');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Simpan grafik' }).first().click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('un.svg');
  const text = await (await file.createReadStream()).toArray().then((parts) => Buffer.concat(parts).toString());
  expect(text).toContain('Sembilan unsur');
  expect(text).toMatch(/fill="rgb\(/);
});

test('forced colours keep the lit cell apart', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('/evaluation');
  const [lit, other] = await page.locator('.mx td.lit, .mx tbody td:not(.lit)').evaluateAll((cells) => {
    const ground = (c) => getComputedStyle(c).backgroundColor;
    return [ground(cells.find((c) => c.matches('.lit'))), ground(cells.find((c) => !c.matches('.lit')))];
  });
  expect(lit).not.toBe(other);
});

test('print leaves out what is only for the screen', async ({ page }) => {
  await page.goto('/paper');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.rail')).toBeHidden();
  await expect(page.locator('.check')).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Dokumen Evaluasi' })).toBeVisible();
});
