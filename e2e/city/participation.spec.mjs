// Citizens in an appraisal: the index of the civil registry waits for the mayor,
// who confirms it, and it stands in the evaluation of the registry's head.
import { test, expect, accessible, fits } from '../fixtures.mjs';

const phone = { viewport: { width: 360, height: 780 } };

test('the index of the civil registry arrives in its head\'s evaluation', async ({ as }) => {
  test.slow();
  const head = await as('kepala');
  await head.goto('/skp');
  await head.getByRole('link', { name: 'Suara warga' }).click();
  await expect(head.getByRole('heading', { name: 'Angka baru ditawarkan' })).toBeVisible();
  await expect(head.getByText('Menunggu Raja Amirul Fauzi')).toBeVisible();
  await expect(head.getByRole('button', { name: 'Kukuhkan angka ini' })).toHaveCount(0);
  await accessible(head);
  const path = new URL(head.url()).pathname;

  const mayor = await as('walikota');
  await mayor.goto(path);
  await mayor.getByRole('button', { name: 'Jangan dipakai' }).click();
  await expect(mayor.locator('.panel.errors, [role=alert], .err').first()).toBeVisible();
  await mayor.getByText('Mengapa?').last().click();
  await expect(mayor.getByText('Memangku jabatan').last()).toBeVisible();
  await accessible(mayor);
  await mayor.getByRole('button', { name: 'Kukuhkan angka ini' }).click();
  await expect(mayor.getByRole('heading', { name: 'Angka baru ditawarkan' })).toHaveCount(0);

  await head.goto(path.replace('/skp/', '/evaluasi/').replace('/warga', ''));
  await expect(head.getByRole('link', { name: /Warga: .* jawaban\), Triwulan III 2026/ })).toBeVisible();
  await expect(head.getByText(/Kemajuan terakhir: 8\d,\d+ indeks \(September 2026\)/)).toBeVisible();
  await head.setViewportSize(phone.viewport);
  await fits(head);
});
