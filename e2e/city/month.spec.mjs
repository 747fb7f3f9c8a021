// A month is closed as BKPSDM lives it: who is late and on whose desk it lies, a
// cut of the allowance that was wrong, its objection, and the list that is
// closed, signed and opened again.
import { test, expect, accessible, fits, watch } from '../fixtures.mjs';

test.describe.configure({ timeout: 120_000 });

const month = '/tutup-bulan/2026-11';

// go opens a path and checks what every page must hold.
async function go(page, path) {
  const answer = await page.goto(path);
  expect(answer.status(), path).toBeLessThan(400);
  await accessible(page, path);
  await fits(page);
}

// figure is one of the large numbers of a page.
const figure = (page, name) => page.locator('.figs div', { has: page.getByText(name, { exact: true }) }).locator('dd');

for (const width of [360, 1280]) {
  test(`312 BELUM BUAT, by office and by desk, at ${width} px`, async ({ as }) => {
    const hr = await as('bkpsdm', { viewport: { width, height: 900 } });
    const trouble = watch(hr);
    await go(hr, '/tutup-bulan');
    await expect(hr).toHaveURL(/tutup-bulan\/2026-11$/);
    await expect(hr.getByText('Kinerja Oktober 2026, presensi 21 Oktober sampai 20 November')).toBeVisible();
    await expect(figure(hr, 'Belum buat')).toHaveText('312');

    // They lie on the desks of employees and superiors, and in data to be mended.
    const sums = await hr.locator('tfoot td.n').allInnerTexts();
    expect(sums.slice(1)).toEqual(['312', '174', '121', '17']);
    const late = await hr.locator('tbody tr:not(.kid) td.n:nth-of-type(2)').allInnerTexts();
    expect(late.length).toBeGreaterThan(20);
    expect(late.map(Number).reduce((a, b) => a + b, 0)).toBe(312);

    // An office opens to the names, each with its desk and how late it is.
    await hr.locator('tbody tr:not(.kid) a').first().click();
    await expect(hr.locator('tr.kid').first()).toContainText('hari lewat');
    await accessible(hr);
    await fits(hr);

    await go(hr, `${month}/pegawai?keadaan=belum&meja=atasan`);
    await expect(hr.getByText('121 pegawai.')).toBeVisible();
    await expect(hr.getByText(/Meja atasan: .+/).first()).toBeVisible();
    await go(hr, `${month}/tidak-cocok`);
    await expect(hr.getByRole('button', { name: 'Cocokkan', exact: true })).toHaveCount(3);
    for (const path of ['/pegawai?keadaan=dikecualikan', '/keberatan', '/muat', '/riwayat']) await go(hr, month + path);
    expect(trouble).toEqual([]);
  });
}

test('a file is seen before it is loaded', async ({ as }) => {
  const hr = await as('bkpsdm');
  await go(hr, `${month}/muat`);
  await hr.getByLabel('Presensi').check();
  await hr.locator('input[type=file]').setInputFiles({
    name: 'presensi.csv', mimeType: 'text/csv', buffer: Buffer.from('NIP;Nama;Tanggal;Terlambat\n199912312020121999;Orang Yang Tidak Ada;2026-11-02;12\n'),
  });
  await hr.getByRole('button', { name: 'Lihat akibatnya dahulu' }).click();
  await expect(hr.getByText('Ini pratinjau.')).toBeVisible();
  await expect(figure(hr, 'Ditolak')).toHaveText('1');
  await expect(hr.locator('#muatan[data-hx-trigger], .htmx-settling, .htmx-swapping')).toHaveCount(0); // nothing moves any more
  await accessible(hr);
  const [file] = await Promise.all([hr.waitForEvent('download'), hr.getByRole('link', { name: 'Unduh baris yang ditolak' }).click()]);
  expect(file.suggestedFilename()).toBe('ditolak.xlsx');
  await hr.getByRole('button', { name: 'Batalkan berkas ini' }).click();
  await expect(hr.getByText('Berkas dibatalkan. Tidak ada yang berubah.')).toBeVisible();
});

test('a cut that was withdrawn is explained to whom it was taken from', async ({ as }) => {
  for (const width of [360, 1280]) {
    const staff = await as('pegawai', { viewport: { width, height: 900 } });
    await go(staff, '/tpp');
    await expect(staff).toHaveURL(/tpp\/2026-11$/);
    await expect(staff.getByRole('heading', { name: 'TPP saya, November 2026' })).toBeVisible();
    await expect(staff.locator('.calc del').first()).toContainText('Tidak apel');
    await expect(staff.getByText('Dicabut: Ada surat tugas.')).toBeVisible();
    await expect(staff.getByText(/Keberatan dikabulkan: tidak apel/i)).toBeVisible();
    await staff.getByText('Mengapa jumlahnya demikian?').click();
    await expect(staff.locator('details[open]', { hasText: 'Pagu TPP kelas' }).first()).toBeVisible();
    const slip = await staff.request.get('/tpp/2026-11/hitungan.pdf');
    expect((await slip.body()).subarray(0, 5).toString()).toBe('%PDF-');
  }
});

test('a superior objects to a cut, and it is withdrawn', async ({ as }) => {
  const boss = await as('atasan', { viewport: { width: 360, height: 780 } });
  await go(boss, '/tpp');
  const before = await boss.locator('.calc tr.tot td').first().innerText();
  await boss.getByRole('radio', { name: /^Terlambat/ }).check();
  await boss.getByLabel('Alasan').fill('Rapat di kantor camat sejak pukul tujuh, surat tugas 94.');
  await boss.getByRole('button', { name: 'Ajukan keberatan' }).click();
  await expect(boss.getByText('Keberatan Anda sampai di BKPSDM.')).toBeVisible();
  await accessible(boss);
  await fits(boss);

  const hr = await as('bkpsdm');
  await go(hr, `${month}/keberatan`);
  const about = hr.locator('li', { hasText: 'Rina Marlina' }).filter({ has: hr.getByRole('button', { name: 'Cabut potongan' }) });
  await expect(about).toContainText('surat tugas 94');
  await about.getByLabel('Alasan keputusan').fill('Surat tugas 94 ada.');
  await about.getByRole('button', { name: 'Cabut potongan' }).click();
  await expect(hr.getByText('Keputusan tercatat dan TPP dihitung ulang.')).toBeVisible();

  await boss.reload();
  await expect(boss.getByText('Dicabut: Surat tugas 94 ada.')).toBeVisible();
  const rupiah = (text) => Number(text.replace(/\D/g, ''));
  expect(rupiah(await boss.locator('.calc tr.tot td').first().innerText())).toBeGreaterThan(rupiah(before));
});

test('leaders and the inspectorate read, and change nothing', async ({ as }) => {
  for (const who of ['walikota', 'inspektorat']) {
    const page = await as(who);
    await go(page, month);
    await expect(figure(page, 'Belum buat')).toHaveText('312');
    await expect(page.locator('main form[method=post]')).toHaveCount(0);
    await go(page, `${month}/riwayat`);
    expect((await page.request.post(`${month}/hitung`)).status()).toBe(403);
  }
  const head = await as('kepala');
  await go(head, month);
  await expect(head.locator('tbody tr:not(.kid)')).toHaveCount(1);
  const admin = await as('admin');
  expect((await admin.goto(month)).status()).toBe(403);
});

test('the month is closed, its list reckons again, and it is opened with a reason', async ({ as }) => {
  const hr = await as('bkpsdm');
  await go(hr, month);
  await hr.getByRole('button', { name: 'Mulai pemeriksaan' }).click();
  const close = async () => {
    await hr.getByRole('button', { name: /^Tutup bulan dengan/ }).click();
    await hr.locator('#confirm [value=yes]').click();
  };
  await close();
  await expect(hr.getByText(/Masih ada 7 keberatan yang menunggu keputusan\./)).toBeVisible();

  await hr.goto(`${month}/keberatan`);
  for (let left = await hr.getByRole('button', { name: 'Potongan tetap' }).count(); left > 0; left--) {
    await hr.getByLabel('Alasan keputusan').first().fill('Tidak ada surat yang mendukung.');
    await hr.getByRole('button', { name: 'Potongan tetap' }).first().click();
    await expect(hr.getByRole('button', { name: 'Potongan tetap' })).toHaveCount(left - 1);
  }
  await hr.goto(month);
  await close();
  await expect(hr.getByText('Bulan ini ditutup dan daftarnya tersimpan.')).toBeVisible();
  await go(hr, `${month}/riwayat`);
  await expect(hr.getByText(/Daftar terakhir dihitung ulang: [\d.]+ baris, semuanya sama\./)).toBeVisible();
  const list = await hr.request.get(`${month}/daftar.pdf`);
  expect((await list.body()).subarray(0, 5).toString()).toBe('%PDF-');

  await hr.goto(month);
  await hr.getByText('Buka kembali').first().click();
  await hr.getByLabel('Mengapa bulan ini dibuka kembali?').fill('Presensi RSUD menyusul.');
  await hr.getByRole('button', { name: 'Buka kembali' }).click();
  await expect(hr.getByText('Dibuka kembali: Presensi RSUD menyusul.')).toBeVisible();
  await hr.getByRole('button', { name: 'Kembalikan ke terbuka' }).click();
  await expect(figure(hr, 'Belum buat')).toHaveText('312');

  // The months before are closed and stay so.
  await go(hr, '/tutup-bulan/2026-10');
  await expect(hr.getByText('Ditutup', { exact: true }).first()).toBeVisible();
});
