// A doctor who leads a health centre moves in June: two posts, two superiors'
// ratings side by side, one decision, one document that names both.
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

test('the last evaluator decides with the hand-over rating in view', async ({ as }) => {
  const doctor = await as('dokter', { viewport: { width: 360, height: 780 } });
  const trouble = watch(doctor);
  await go(doctor, '/evaluasi');
  const path = new URL(doctor.url()).pathname;
  await expect(doctor.locator('#bagian tbody tr')).toHaveCount(4);
  await doctor.getByRole('link', { name: 'Tulis menurut saya' }).click();
  await accessible(doctor, 'own words');
  await confirm(doctor, /^Kirim ke/);
  await expect(doctor.getByText('Tulisan Anda terkirim.')).toBeVisible();

  // The organisation comes first: the head of the health office rates the
  // health centre.
  const last = await as('kadinkes');
  await go(last, '/organisasi?w=2026&q=Puskesmas Batu 10');
  await last.getByRole('link', { name: 'UPTD Puskesmas Batu 10' }).click();
  await last.getByLabel('Baik', { exact: true }).check();
  await last.getByLabel('Alasan', { exact: false }).fill('Perjanjian kinerja puskesmas tercapai.');
  await confirm(last, 'Tetapkan predikat organisasi');
  await expect(last.getByText('Predikat organisasi ditetapkan.')).toBeVisible();

  await go(last, path);
  await expect(last.locator('#bagian')).toContainText('Di atas ekspektasi');
  await expect(last.locator('#bagian')).toContainText('Waktu tunggu poli turun dari 70 ke 45 menit');
  await last.getByRole('link', { name: 'Tulis penilaian' }).click();
  await accessible(last, 'the ratings');
  await last.locator('[name=results][value=di_atas]').check();
  await last.locator('[name=conduct][value=sesuai]').check();
  await last.locator('[name=results_reason]').fill('Target tercapai di kedua puskesmas, dengan penilaian serah terima dibaca.');
  await last.locator('[name=conduct_reason]').fill('Sesuai ekspektasi di kedua puskesmas.');
  await confirm(last, 'Kirim penilaian');
  await expect(last.getByText('Penilaian terkirim.')).toBeVisible();
  await confirm(last, 'Tetapkan predikat');
  await expect(last.getByText('Predikat ditetapkan.')).toBeVisible();

  await go(doctor, path);
  await expect(doctor.locator('#bagian')).toContainText('Di atas ekspektasi');
  await confirm(doctor, 'Terima hasil');
  await expect(doctor.getByText('Hasil diterima.')).toBeVisible();
  for (const file of ['dokumen.pdf', 'evaluasi.pdf']) {
    const answer = await doctor.request.get(`${path}/${file}?w=2026`);
    expect(answer.status(), file).toBe(200);
    expect((await answer.body()).subarray(0, 5).toString(), file).toBe('%PDF-');
  }
  expect(trouble).toEqual([]);
});
