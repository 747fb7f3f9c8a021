// The map: the tree, the position map as a chart and as a table, a position
// that is made and filled, a correction that goes its way, and nothing of a
// person's record for those who may not read it.
import { test, expect, accessible, fits } from '../fixtures.mjs';

test.describe.configure({ mode: 'parallel' });

const phone = { viewport: { width: 360, height: 780 } };

test('from the tree to a position, beside the page', async ({ as }) => {
  const page = await as('pegawai');
  await page.goto('/unit');
  await page.getByRole('searchbox').fill('kependudukan');
  await page.getByRole('searchbox').press('Enter');
  await page.getByRole('link', { name: 'Dinas Kependudukan dan Pencatatan Sipil' }).click();
  await expect(page.locator('.post.chief')).toContainText('Nurhayati Ismail');
  await page.locator('.post', { hasText: 'Rina Marlina' }).click();
  await expect(page.locator('#pane h1')).toHaveText(/^Kepala Bidang Pelayanan Pendaftaran/);
  await page.goBack();
  await expect(page.locator('#pane')).toBeHidden();
  await page.getByRole('link', { name: 'Tabel' }).click();
  await expect(page.locator('tbody tr').first()).toContainText('Nurhayati Ismail');
  await accessible(page);
});

test('the map of a day before the merger', async ({ as }) => {
  const page = await as('pegawai');
  await page.goto('/unit?q=pariwisata');
  await expect(page.locator('.list')).toContainText('Kepemudaan dan Olahraga');
  await page.goto('/unit?q=pariwisata&per=2026-06-30');
  await expect(page.locator('.list')).toContainText('Dinas Kebudayaan dan Pariwisata');
  await expect(page.locator('.list')).not.toContainText('Kepemudaan');
});

for (const [name, options] of [['desktop', {}], ['phone', phone]]) {
  for (const path of ['/unit', '/peta', '/pegawai', '/jabatan-diputuskan', '/cari?q=dewi', '/jabatan/baru', '/pegawai/baru']) {
    test(`${path} fits and is accessible: ${name}`, async ({ as }, info) => {
      test.skip(info.project.name === 'postgres', 'what a page looks like does not depend on the database');
      test.slow();
      const page = await as('bkpsdm', options);
      await page.goto(path);
      await fits(page);
      await accessible(page, path);
    });
  }
}

test('HR makes a unit and a position, fills it, and the history tells', async ({ as }) => {
  test.slow();
  const page = await as('bkpsdm');
  const name = `Unit Percobaan ${Date.now()}`;
  await page.goto('/unit/baru');
  await page.getByLabel('Nama', { exact: true }).fill(name);
  await page.getByLabel('Jenis').selectOption('lain');
  await page.locator('#parent input[type=search]').fill('kesbang');
  await page.locator('#parent button').click();
  await expect(page.getByLabel('Nama', { exact: true })).toHaveValue(name);
  await page.locator('#parent').getByText('Badan Kesatuan Bangsa dan Politik').first().click();
  await page.getByRole('button', { name: 'Simpan unit' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);

  await page.getByRole('link', { name: 'Peta jabatan' }).last().click();
  await page.getByRole('link', { name: 'Jabatan baru' }).first().click();
  await page.getByLabel('Nama jabatan').fill('Kepala Unit Percobaan');
  await page.getByLabel('Jenis jabatan').selectOption('pengawas');
  await page.getByLabel('Kebutuhan').fill('1');
  await page.getByLabel('Jabatan ini memimpin unitnya').check();
  await page.getByRole('button', { name: 'Simpan jabatan' }).click();
  await expect(page.locator('#pemangku')).toContainText('Belum pernah ada pemangku');

  await page.getByRole('link', { name: 'Isi jabatan' }).click();
  await page.locator('#person input[type=search]').fill('a');
  await page.locator('#person button').click();
  await page.locator('#person input[type=radio]').last().check();
  await page.locator('[name=tenure_kind][value=plt]').check();
  await page.getByLabel('Keputusan').fill('821.2/1/2026');
  await page.getByRole('button', { name: 'Simpan penunjukan' }).click();
  await expect(page.locator('#pemangku')).toContainText('821.2/1/2026');
  await expect(page.locator('#riwayat')).toContainText('Penugasan dimulai');
  await accessible(page);
});

test('a form that is refused keeps what was typed', async ({ as }) => {
  const page = await as('bkpsdm');
  await page.goto('/pegawai/baru');
  await page.getByLabel('Nama', { exact: true }).fill('Orang Baru');
  await page.getByLabel('NIP').fill('123');
  await page.getByRole('button', { name: 'Simpan data pegawai' }).click();
  await expect(page.locator('.errsum')).toContainText('NIP');
  await expect(page.getByLabel('Nama', { exact: true })).toHaveValue('Orang Baru');
  await accessible(page);
});

test('a correction goes to HR and comes back with an answer', async ({ as }) => {
  test.slow();
  const words = `Atasan saya keliru ${Date.now()}`;
  const dewi = await as('pegawai');
  await dewi.goto('/cari?q=dewi+rahmawati');
  const own = await dewi.locator('#orang a').first().getAttribute('href');
  await dewi.goto(`${own}/usul`);
  await dewi.getByText('Atasan', { exact: true }).click();
  await dewi.getByLabel('Apa yang keliru, dan apa yang benar').fill(words);
  await dewi.getByRole('button', { name: 'Kirim usul' }).click();
  await expect(dewi.locator('#usul')).toContainText('Diperiksa');

  const hr = await as('bkpsdm');
  await hr.goto('/koreksi');
  await hr.locator('.list > li', { hasText: words }).getByRole('link').click();
  await hr.getByLabel('Jawaban Anda').fill('Sudah sesuai keputusan.');
  await hr.getByRole('button', { name: 'Tolak usul' }).click();
  await dewi.reload();
  await expect(dewi.locator('#usul > ul > li', { hasText: words })).toContainText('Sudah sesuai keputusan.');
});

test('a colleague sees a name and a post, and no NIP', async ({ as }) => {
  const page = await as('pegawai');
  await page.goto('/cari?q=nurhayati+ismail');
  await page.locator('#orang a').first().click();
  await expect(page.locator('#pane')).toContainText('Nurhayati Ismail');
  await page.goto(await page.locator('#pane [data-pane-full]').getAttribute('href'));
  await expect(page.getByRole('heading', { level: 1 }).first()).toContainText('Nurhayati Ismail');
  await expect(page.locator('main')).not.toContainText('NIP');
  expect((await page.request.get('/pegawai', { maxRedirects: 0 })).status()).toBe(403);
});
