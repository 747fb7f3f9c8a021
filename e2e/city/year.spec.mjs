// A whole performance year, as the people who live it: HR opens it, an
// employee plans, the superior agrees, progress and feedback follow, both rate,
// the predicate is set, received, and printed.
import { test, expect, accessible, fits, watch } from '../fixtures.mjs';

test.describe.configure({ mode: 'serial', timeout: 240_000 });

// go opens a path and checks what every page must hold.
async function go(page, path) {
  const answer = await page.goto(path);
  expect(answer.status(), path).toBeLessThan(400);
  await accessible(page, path);
  await fits(page);
}

// confirm presses a button that asks first.
async function confirm(page, name) {
  await page.getByRole('button', { name }).first().click();
  await page.locator('#confirm [value=yes]').click();
}

test('next year: drafted, returned, agreed', async ({ as }) => {
  const hr = await as('bkpsdm');
  const trouble = watch(hr);
  await go(hr, '/tahun');
  await confirm(hr, 'Buka tahun 2027');
  await expect(hr.getByText('Tahun 2027 dibuka.')).toBeVisible({ timeout: 20_000 });
  expect(trouble).toEqual([]);

  const staff = await as('pegawai');
  await go(staff, '/');
  await staff.goto('/skp');
  await staff.getByRole('link', { name: 'SKP 2027' }).click();
  const plan = new URL(staff.url()).pathname;
  await staff.getByRole('button', { name: 'Mulai dengan target berangka' }).click();
  await staff.getByLabel('Rencana hasil kerja (RHK)').fill('Data kependudukan kota mutakhir dan bersih');
  await staff.getByRole('button', { name: 'Simpan hasil kerja' }).click();

  // An indicator that names an activity is flagged while it is typed.
  await staff.getByLabel('Apa yang berubah bila berhasil?').fill('Melakukan pemutakhiran data tepat waktu');
  await expect(staff.locator('#mutu')).toContainText('Belum dapat diukur');
  await staff.getByRole('button', { name: 'Simpan indikator' }).click();
  await expect(staff.getByText('perlu diperbaiki')).toBeVisible();

  // Mended, it can be measured.
  await staff.getByLabel('Apa yang berubah bila berhasil?').fill('Rata-rata waktu pemutakhiran sejak berkas lengkap');
  await staff.getByLabel('Aspek').selectOption('waktu');
  await staff.getByLabel('Target', { exact: false }).first().fill('2');
  await staff.getByLabel('Satuan').fill('hari kerja');
  await expect(staff.locator('#mutu')).not.toContainText('Satuan');
  await staff.getByLabel('Makin kecil makin baik').check();
  await expect(staff.locator('#mutu')).toContainText('Dapat diukur');
  await staff.getByRole('button', { name: 'Simpan indikator' }).click();
  await accessible(staff, 'the editor');

  // The result is tied to the superior's and gets a step with a month.
  await go(staff, plan);
  await staff.getByRole('link', { name: /Ubah hasil kerja/ }).click();
  const supports = staff.getByLabel(/yang didukung/);
  if (await supports.evaluate((e) => e.tagName === 'SELECT')) await supports.selectOption({ index: 1 });
  else await supports.fill('Warga memiliki dokumen yang benar');
  await staff.getByRole('button', { name: 'Simpan hasil kerja' }).click();
  await staff.getByRole('link', { name: /Rencana aksi/ }).click();
  await staff.getByLabel('Langkah 1', { exact: true }).fill('Menarik daftar anomali');
  await staff.locator('#due0').selectOption({ label: 'Maret 2027' });
  await staff.getByRole('button', { name: 'Simpan rencana aksi' }).click();
  await go(staff, plan);
  await confirm(staff, /Ajukan SKP ke/);
  await expect(staff.getByText('SKP diajukan.')).toBeVisible();

  // The superior sends it back with a remark, then agrees.
  const boss = await as('atasan');
  await go(boss, plan);
  await boss.getByRole('link', { name: 'Kembalikan' }).click();
  await boss.getByLabel('Yang perlu diperbaiki').fill('Tambahkan indikator kualitas.');
  await boss.getByRole('button', { name: /Kembalikan ke/ }).click();
  await expect(boss.getByText('SKP dikembalikan dengan catatan Anda.')).toBeVisible();

  await go(staff, plan);
  await expect(staff.getByText('Tambahkan indikator kualitas.')).toBeVisible();
  await confirm(staff, /Ajukan SKP ke/);

  await go(boss, plan);
  await boss.getByRole('link', { name: /Tulis ekspektasi khusus/ }).click();
  await boss.getByLabel('Kolaboratif').fill('Berbagi data dengan kelurahan.');
  await boss.getByRole('button', { name: 'Simpan ekspektasi' }).click();
  await confirm(boss, 'Setujui SKP');
  await expect(boss.getByText('SKP disetujui.')).toBeVisible();

  await go(staff, plan);
  await expect(staff.locator('.stick').getByText('Disetujui')).toBeVisible();
  const pdf = await staff.request.get(`${plan}/cetak.pdf`);
  expect(pdf.status()).toBe(200);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
});

test('two editors: the second is told and loses no text', async ({ as }) => {
  const first = await as('pegawai');
  await go(first, '/');
  await first.goto('/skp');
  const plan = new URL(first.url()).pathname;
  await confirm(first, 'Ubah SKP');
  await first.getByRole('link', { name: /Ubah hasil kerja/ }).first().click();
  const second = await first.context().newPage();
  await second.goto(first.url());
  await second.getByLabel('Rencana hasil kerja (RHK)').fill('Disimpan lebih dulu');
  await second.getByRole('button', { name: 'Simpan hasil kerja' }).click();
  await first.getByLabel('Rencana hasil kerja (RHK)').fill('Ditulis bersamaan');
  await first.getByRole('button', { name: 'Simpan hasil kerja' }).click();
  await expect(first.getByText('Orang lain menyimpan SKP ini')).toBeVisible();
  await expect(first.getByLabel('Rencana hasil kerja (RHK)')).toHaveValue('Ditulis bersamaan');
  await expect(first.getByText('Disimpan lebih dulu').first()).toBeVisible();
  await first.goto(plan);
  await confirm(first, 'Batalkan perubahan');
});

test('this year: progress, feedback, evaluation, document', async ({ as }) => {
  const staff = await as('pegawai');
  await go(staff, '/kemajuan');
  await staff.getByRole('link', { name: /Anomali data/ }).first().click();
  await staff.getByLabel(/^Capaian/).fill('2.250');
  await staff.getByLabel('Catatan', { exact: false }).first().fill('Sisa anomali menunggu pemadanan pusat.');
  await staff.getByLabel('Tautan bukti', { exact: false }).fill('Rekap https://berkas.contoh.invalid/rekap-november');
  await staff.getByRole('button', { name: 'Catat kemajuan' }).click();
  await expect(staff.getByText('Kemajuan tercatat.')).toBeVisible();
  await accessible(staff, 'progress');

  const boss = await as('atasan');
  await go(boss, '/tim');
  await boss.getByRole('link', { name: /Dewi Rahmawati/ }).click();
  const part = new URL(boss.url()).pathname.split('/')[2];
  await go(boss, `/umpan-balik/${part}`);
  await boss.getByLabel('Umpan balik', { exact: false }).last().fill('Pemadanan anomali rapi. Bagikan caranya ke bidang lain.');
  await boss.getByRole('button', { name: /^Kirim ke/ }).click();
  await expect(boss.getByText('Umpan balik terkirim.')).toBeVisible();
  await go(staff, '/umpan-balik');
  await expect(staff.getByText('Pemadanan anomali rapi.')).toBeVisible();

  const hr = await as('bkpsdm');
  await go(hr, '/tahun');
  await hr.locator('#y2026').getByRole('button', { name: /Masuk tahap Penilaian/ }).click();
  await hr.locator('#confirm [value=yes]').click();
  await expect(hr.getByText('Tahap tahun kinerja diubah.')).toBeVisible();

  // The organisation comes first: the level above sets the office's predicate.
  const head = await as('walikota');
  await go(head, '/organisasi?w=2026');
  await head.getByRole('link', { name: 'Dinas Kependudukan dan Pencatatan Sipil' }).click();
  await head.getByLabel('Baik', { exact: true }).check();
  await head.getByLabel('Alasan', { exact: false }).fill('Perjanjian kinerja tercapai.');
  await confirm(head, 'Tetapkan predikat organisasi');
  await expect(head.getByText('Predikat organisasi ditetapkan.')).toBeVisible();

  const evaluation = `/evaluasi/${part}?w=2026`;
  await go(staff, evaluation);
  await staff.getByRole('link', { name: 'Tulis menurut saya' }).click();
  await accessible(staff, 'own words');
  await confirm(staff, /^Kirim ke/);
  await expect(staff.getByText('Tulisan Anda terkirim.')).toBeVisible();

  await go(boss, evaluation);
  await boss.getByRole('link', { name: 'Tulis penilaian' }).click();
  await accessible(boss, 'the ratings');
  await boss.locator('[name=results][value=sesuai]').check();
  await boss.locator('[name=conduct][value=di_atas]').check();
  await boss.locator('[name=conduct_reason]').fill('Tiga nilai melampaui menurut umpan balik.');
  await boss.locator('[name=results_reason]').fill('Target tercapai sesuai bukti.');
  await confirm(boss, 'Kirim penilaian');
  await expect(boss.getByText('Penilaian terkirim.')).toBeVisible();
  await confirm(boss, 'Tetapkan predikat');
  await expect(boss.getByText('Predikat ditetapkan.')).toBeVisible();
  await expect(boss.getByRole('heading', { name: 'Predikat: Baik' })).toBeVisible();

  await go(staff, evaluation);
  await expect(staff.locator('.mx .lit')).toContainText('Baik');
  await expect(staff.getByText('PermenPANRB 6/2022').first()).toBeVisible();
  await confirm(staff, 'Terima hasil');
  await expect(staff.getByText('Hasil diterima.')).toBeVisible();
  for (const [path, magic] of [['dokumen.pdf', '%PDF-'], ['evaluasi.pdf', '%PDF-'], ['bukti.json', '{']]) {
    const file = await staff.request.get(`/evaluasi/${part}/${path}?w=2026`);
    expect(file.status(), path).toBe(200);
    expect((await file.body()).subarray(0, magic.length).toString(), path).toBe(magic);
  }
});
