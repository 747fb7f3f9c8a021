// A superior's forty reviews, the pattern as advice, a calibration, and an
// objection from "why" to the decision: the hospital of the sample city, where
// no other test goes.
import { test, expect, accessible, fits, watch } from '../fixtures.mjs';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

// go opens a path and checks what every page must hold.
async function go(page, path) {
  const answer = await page.goto(path);
  expect(answer.status(), path).toBeLessThan(400);
  await accessible(page, path);
  await fits(page);
}

// confirm presses a button that asks first.
async function confirm(page, name, where = page) {
  await where.getByRole('button', { name }).first().click();
  await page.locator('#confirm [value=yes]').click();
}

const october = '/tim/konfirmasi?w=2026-10';

test('forty reviews: exceptions first, nothing filled in, one confirmation, undone the same day', async ({ as }) => {
  const boss = await as('kabid');
  const trouble = watch(boss);
  await go(boss, '/tim/konfirmasi');
  await go(boss, october);
  const rows = boss.locator('.rv tbody tr:not(.rows)');
  await expect(rows).toHaveCount(40);
  await expect(boss.locator('.rv .pick :checked:not([value=""])')).toHaveCount(0);
  await expect(boss.locator('.rv .tick :checked')).toHaveCount(0);

  // Those to look at stand above the others.
  const flags = await rows.evaluateAll((all) => all.map((r) => r.querySelector('.marks') !== null));
  expect(flags[0]).toBe(true);
  expect(flags.lastIndexOf(true)).toBe(flags.filter(Boolean).length - 1);

  // The keyboard is enough: each rating is one stop, the arrows choose.
  const first = rows.first();
  await first.locator('[name^=results_][value=""]').focus();
  await boss.keyboard.press('ArrowRight');
  await boss.keyboard.press('Tab');
  await expect(first.locator('[name^=results_][value=di_bawah]')).toBeChecked();
  await boss.keyboard.type('Belum ada satu pun catatan bulan ini.');
  await first.locator('[name^=conduct_][value=sesuai]').check();

  const plain = flags.filter((f) => !f).length;
  for (const tick of await boss.locator('.rv .tick input').all()) await tick.check();
  for (const row of (await rows.all()).slice(1, 40 - plain)) {
    await row.locator('[name^=results_][value=sesuai]').check();
    await row.locator('[name^=conduct_][value=sesuai]').check();
  }
  await confirm(boss, 'Kirim yang sudah diisi');
  await expect(boss.getByText('40 penilaian terkirim, 40 predikat ditetapkan.')).toBeVisible({ timeout: 20_000 });
  await accessible(boss, 'all confirmed');

  await confirm(boss, /^Tarik 40 hasil/);
  await expect(boss.getByText('40 hasil ditarik kembali.')).toBeVisible({ timeout: 20_000 });
  await expect(rows).toHaveCount(40);
  expect(trouble).toEqual([]);

  // On a phone the same page holds.
  const phone = await as('kabid', { viewport: { width: 360, height: 780 } });
  await go(phone, october);
  await expect(phone.getByText('rating sudah dikirim').first()).toBeVisible();
});

test('the unit of three: the pattern cannot be satisfied, and the page says so', async ({ as }) => {
  const mayor = await as('walikota');
  await go(mayor, '/organisasi?w=2026&q=Metrologi');
  await mayor.getByRole('link', { name: 'UPTD Metrologi Legal' }).click();
  await accessible(mayor, 'the unit');
  await fits(mayor);
  await expect(mayor.getByText('Pola tidak mungkin dipenuhi').first()).toBeVisible();
  await expect(mayor.getByText('Unit ini beranggotakan 3 orang')).toBeVisible();
  const pdf = await mayor.request.get(new URL(mayor.url()).pathname + '/penetapan.pdf?w=2026');
  expect(pdf.status()).toBe(200);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');

  // Whoever only reads sees the figures, not who stands at a line.
  const staff = await as('ners');
  expect((await staff.goto(new URL(mayor.url()).pathname + '?w=2026')).status()).toBe(403);
});

test('advice on the spread, then a calibration: nobody alone', async ({ as }) => {
  const boss = await as('kabid');
  const head = await as('direktur');
  const hospital = await head.goto('/organisasi?w=2026-10&q=RSUD').then(() => head.getByRole('link', { name: 'RSUD Kota Tanjungpinang' }).getAttribute('href'));
  await go(head, hospital);

  // The director has rated the fields' heads, the field's head the nurses.
  await head.goto(october);
  const row = head.locator('.rv tbody tr:not(.rows)').filter({ has: head.locator('[name^=conduct_]') }).first();
  await row.locator('[name^=results_][value=sesuai]').check();
  await row.locator('[name^=conduct_][value=sesuai]').check();
  await confirm(head, 'Kirim yang sudah diisi');
  await expect(head.getByText('1 penilaian terkirim')).toBeVisible();

  await head.goto(hospital);
  await head.getByRole('button', { name: 'Mulai kalibrasi' }).click();
  await expect(head.getByText('Kalibrasi dimulai.')).toBeVisible();
  const session = new URL(head.url()).pathname;
  await accessible(head, 'a calibration');
  await fits(head);
  await expect(head.getByRole('link', { name: /^Pegawai \d\d$/ }).first()).toBeVisible();

  // The superior proposes for one of her own; her word is not enough.
  await go(boss, session);
  await boss.locator('tr', { hasText: '(Anda)' }).getByRole('link', { name: /^Pegawai/ }).first().click();
  await boss.locator('[name=results][value=di_atas]').check();
  await boss.locator('[name=conduct][value=di_atas]').check();
  await boss.getByLabel('Alasan', { exact: false }).fill('Targetnya terlampaui seperti pada bidang lain.');
  await boss.getByRole('button', { name: 'Ajukan usulan' }).click();
  await expect(boss.getByText('Usulan tercatat dan menunggu persetujuan.')).toBeVisible();
  await expect(boss.getByText('Masih ditunggu persetujuan penilainya')).toBeVisible();
  await accessible(boss, 'a proposal');

  const one = new URL(boss.url()).pathname;
  await go(head, one);
  await head.getByRole('button', { name: 'Setuju', exact: true }).click();
  await expect(head.getByText('Usulan disetujui dan rating diubah.')).toBeVisible();
  await go(head, session);
  await expect(head.getByText('Naik ·').first()).toBeVisible();
  await confirm(head, 'Tampilkan nama');
  await expect(head.getByText('Yang menampilkan nama')).toBeVisible();
  await confirm(head, 'Tutup kalibrasi');
  await expect(head.getByText('Kalibrasi ditutup.')).toBeVisible();
  await go(head, '/kalibrasi');

  const nurse = await as('ners');
  expect((await nurse.goto(session)).status()).toBe(403);
});

test('from why to a decision: an objection is heard and won', async ({ as }) => {
  const nurse = await as('ners');
  await nurse.goto('/evaluasi');
  const part = new URL(nurse.url()).pathname.split('/')[2];

  // The month before was won already, and the old result stays in the record.
  await go(nurse, `/evaluasi/${part}?w=2026-08`);
  await expect(nurse.getByText('Rekap bangsal baru saya terima')).toBeVisible();
  await expect(nurse.getByText('Butuh Perbaikan').first()).toBeVisible();

  const path = `/evaluasi/${part}?w=2026-09`;
  await go(nurse, path);
  await expect(nurse.getByRole('heading', { name: 'Mengapa?' })).toBeVisible();
  await expect(nurse.locator('.else')).toContainText('sesuai');
  await expect(nurse.getByText(/Keberatan dapat diajukan sampai .* hari lagi/)).toBeVisible();
  await nurse.getByRole('link', { name: 'Ajukan keberatan' }).click();
  await nurse.locator('textarea[name=text]').fill('Rekap bangsal September terlampir dan targetnya tercapai.');
  await nurse.locator('#tulis button[type=submit]').first().click();
  const yes = nurse.locator('#confirm [value=yes]');
  if (await yes.isVisible().catch(() => false)) await yes.click();
  await expect(nurse.getByText(/Diputus paling lambat/)).toBeVisible();

  const boss = await as('kabid');
  await go(boss, path + '&buka=explain');
  await boss.locator('textarea[name=text]').fill('Rekap itu baru saya terima setelah menilai.');
  await boss.locator('#tulis button[type=submit]').first().click();
  await expect(boss.getByText('Rekap itu baru saya terima setelah menilai.')).toBeVisible();

  const head = await as('direktur');
  await go(head, path + '&buka=settle');
  await head.locator('[name=results][value=sesuai]').check();
  await head.locator('[name=results_reason]').fill('Bukti sah.');
  await head.locator('[name=conduct][value=sesuai]').check();
  await head.locator('[name=decision]').fill('Keberatan diterima: bukti tercatat sebelum penilaian.');
  await head.locator('#tulis button[type=submit]').first().click();
  await head.locator('#confirm [value=yes]').click();
  await expect(head.getByText('Keberatan diterima: bukti tercatat sebelum penilaian.')).toBeVisible();

  await go(nurse, path);
  await expect(nurse.getByRole('heading', { name: 'Predikat: Baik' })).toBeVisible();
  for (const [file, magic] of [['keberatan.pdf', '%PDF-'], ['dokumen.pdf', '%PDF-'], ['bukti.json', '{']]) {
    const answer = await nurse.request.get(`/evaluasi/${part}/${file}?w=2026-09`);
    expect(answer.status(), file).toBe(200);
    expect((await answer.body()).subarray(0, magic.length).toString(), file).toBe(magic);
  }
});
