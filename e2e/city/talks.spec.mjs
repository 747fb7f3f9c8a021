// Talks, a wrong superior, and a year in two posts, as those who live them.
import { test, expect, accessible, fits, watch } from '../fixtures.mjs';

test.describe.configure({ mode: 'serial', timeout: 90_000 });

async function go(page, path) {
  const answer = await page.goto(path);
  expect(answer.status(), path).toBeLessThan(400);
  await accessible(page, path);
  await fits(page);
}

async function confirm(page, name) {
  await page.getByRole('button', { name }).first().click();
  await page.locator('#confirm [value=yes]').click();
}

test('a wrong superior is mended while work goes on', async ({ as }) => {
  const staff = await as('pustakawan');
  const trouble = watch(staff);
  await go(staff, '/skp');
  await staff.getByRole('link', { name: 'Atasan atau unit keliru?' }).click();
  await accessible(staff, 'the correction');
  await staff.getByLabel(/atasan yang benar/).fill('Kepala Bidang Perpustakaan');
  await staff.getByRole('button', { name: 'Cari' }).first().click();
  await staff.locator('#atasan .folk a').first().click();
  await staff.getByLabel('Alasan').first().fill('Saya bekerja di Bidang Perpustakaan sejak awal tahun.');
  await staff.getByRole('button', { name: 'Ajukan perbaikan atasan' }).click();
  await expect(staff.getByText('Pekerjaan Anda tetap berjalan.')).toBeVisible();
  const proposal = new URL(staff.url()).pathname;

  // Work goes on: progress can be written while the proposal waits.
  await go(staff, '/kemajuan');

  const right = await as('kabidperpus');
  await go(right, '/');
  await expect(right.locator(`a[href="${proposal}"]`).first()).toBeVisible();
  await go(right, proposal);
  await right.getByRole('button', { name: 'Terima, pindahkan ke atasan ini' }).click();
  await expect(right.getByText('sudah pindah ke meja atasan yang benar')).toBeVisible();
  await staff.goto('/skp');
  await staff.getByRole('link', { name: 'Atasan atau unit keliru?' }).click();
  await expect(staff.locator('#tercatat')).toBeVisible();
  expect(trouble).toEqual([]);
});

test('a talk from its agenda to both signatures', async ({ as }) => {
  const staff = await as('pustakawan');
  const trouble = watch(staff);
  await go(staff, '/dialog');
  await staff.getByRole('link', { name: 'Buka dialog' }).first().click();
  await staff.getByLabel('Hari dialog').fill('2026-12-01');
  await staff.getByLabel('Yang ingin Anda bicarakan').fill('Jam buka perpustakaan keliling');
  await staff.getByRole('button', { name: 'Buka dialog dan susun agenda' }).click();
  await expect(staff.getByText('Agenda sudah tersusun dari bukti.')).toBeVisible();
  await accessible(staff, 'the talk');
  await fits(staff);
  const talk = new URL(staff.url()).pathname;

  const superior = await as('kabidperpus');
  await go(superior, talk);
  await superior.getByLabel('Catatan lain').fill('Mobil keliling dipakai dua kali sepekan.');
  await superior.getByRole('button', { name: 'Simpan catatan' }).click();
  await superior.getByLabel('Apa yang dikerjakan').fill('Menyusun jadwal keliling Desember');
  await superior.locator('input[name=owner][value=pegawai]').check();
  await superior.getByLabel('Tenggat').fill('2026-12-10');
  await superior.getByRole('button', { name: 'Tambahkan kesepakatan' }).click();
  await confirm(superior, 'Tanda tangani catatan');
  await expect(superior.getByText('Anda sudah menandatangani.')).toBeVisible();

  await staff.goto('/');
  await staff.getByRole('link', { name: 'Baca dan tanda tangani' }).first().click();
  await confirm(staff, 'Tanda tangani catatan');
  await expect(staff.getByText('Ditandatangani', { exact: true }).first()).toBeVisible();
  const pdf = await staff.request.get(talk + '/catatan.pdf');
  expect(pdf.headers()['content-type']).toBe('application/pdf');

  // What was agreed is a task of its owner.
  await staff.goto('/');
  await expect(staff.getByText('Menyusun jadwal keliling Desember').first()).toBeVisible();
  expect(trouble).toEqual([]);
});

test('the moved doctor: two parts side by side for the last evaluator', async ({ as }) => {
  const doctor = await as('dokter');
  await go(doctor, '/evaluasi');
  await expect(doctor.locator('#bagian')).toContainText('Puskesmas');
  const path = new URL(doctor.url()).pathname;
  const last = await as('kadinkes');
  await go(last, path);
  await expect(last.locator('#bagian')).toContainText('Di atas ekspektasi');
  await expect(last.locator('#bagian')).toContainText('tumpang tindih');
});
