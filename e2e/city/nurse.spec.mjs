// A nurse on nights writes a week of her ward's shifts and copies it into
// e-Kinerja on her phone: one tap makes the week from the roster, one tap copies
// the next field in e-Kinerja's order.
import { test, expect, accessible, fits, watch } from '../fixtures.mjs';

test.describe.configure({ timeout: 180_000 });

test('a week of night shifts, from the roster to e-Kinerja, by thumb', async ({ as }) => {
  const nurse = await as('perawat', {
    viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, permissions: ['clipboard-read', 'clipboard-write'],
  });
  const trouble = watch(nurse);
  let taps = 0;
  const tap = async (target) => { await target.tap(); taps += 1; };

  await nurse.goto('/harian');
  await accessible(nurse);
  await tap(nurse.getByRole('link', { name: 'Sebelumnya' }));
  await expect(nurse.getByText('16 November – 22 November 2026')).toBeVisible();

  // The roster says which shifts she had; one tap makes the week's entries.
  const nights = await nurse.locator('#dinas select').evaluateAll((all) => all.filter((s) => s.value === 'M').length);
  expect(nights).toBeGreaterThanOrEqual(4);
  await tap(nurse.getByRole('button', { name: 'Isi catatan' }));
  await expect(nurse.getByRole('link', { name: 'Dinas malam: asuhan dan pencatatan pasien' })).toHaveCount(nights);
  await accessible(nurse);
  await fits(nurse);

  // A second tap makes nothing twice.
  await nurse.getByRole('button', { name: 'Isi catatan' }).tap();
  await expect(nurse.getByText(`0 catatan baru, ${nights} sudah ada`)).toBeVisible();
  await expect(nurse.getByRole('link', { name: 'Dinas malam: asuhan dan pencatatan pasien' })).toHaveCount(nights);

  await tap(nurse.getByRole('link', { name: 'Salin ke e-Kinerja' }));
  await expect(nurse.getByRole('heading', { name: 'Salin ke e-Kinerja', level: 1 })).toBeVisible();
  await accessible(nurse);
  await fits(nurse);
  const fields = await nurse.locator('[data-copy-item]').count();
  expect(fields).toBeGreaterThanOrEqual(nights * 4);
  const next = nurse.locator('[data-copy-next]');
  const wanted = await nurse.locator('[data-copy-item] :is(input, textarea)').evaluateAll((all) => all.map((f) => f.value));
  for (let i = 0; i < fields; i++) {
    await tap(next); // the thumb stays where it is
    await expect(nurse.locator('[data-copy-count]')).toHaveText(`${i + 1} / ${fields}`);
    expect(await nurse.evaluate(() => navigator.clipboard.readText())).toBe(wanted[i]);
  }
  await expect(next).toHaveText(/Semua sudah disalin/);

  // At a tap every two seconds, paste included, the week fits into two minutes.
  expect(taps).toBeLessThanOrEqual(60);
  expect(trouble).toEqual([]);
});
