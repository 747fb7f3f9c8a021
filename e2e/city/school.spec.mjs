// A school whose teachers write in Ruang GTK: thirty-five have nothing left to
// do, three rows are looked at, and a teacher is asked for nothing.
import { test, expect, accessible, fits, watch } from '../fixtures.mjs';

test.describe.configure({ mode: 'serial', timeout: 90_000 });

async function go(page, path) {
  const answer = await page.goto(path);
  expect(answer.status(), path).toBeLessThan(400);
  await accessible(page, path);
  await fits(page);
}

let school;

test('HR sees thirty-five settled and mends the three', async ({ as }) => {
  const hr = await as('bkpsdm');
  const trouble = watch(hr);
  await go(hr, '/hasil-lain');
  await expect(hr.getByText('35 orang tuntas, 3 perlu dilihat').first()).toBeVisible();
  await hr.getByRole('link', { name: 'SMP Negeri 7 Tanjungpinang' }).first().click();
  await expect(hr.getByRole('heading', { level: 1, name: 'SMP Negeri 7 Tanjungpinang' })).toBeVisible();
  school = new URL(hr.url()).pathname;
  await accessible(hr, school);
  await fits(hr);
  await expect(hr.getByText('35 orang cocok dan tidak perlu apa-apa lagi.')).toBeVisible();
  await expect(hr.getByText('3 baris perlu Anda lihat.')).toBeVisible();
  await expect(hr.locator('#usulan tbody tr')).toHaveCount(3);

  // A mistyped number: the proposal is right.
  const mistyped = hr.locator('#usulan tbody tr', { hasText: 'Kemiripan 100 dari 100' }).filter({ hasNotText: 'NIP –' });
  await mistyped.getByRole('button', { name: 'Terima' }).click();
  await expect(hr.getByText('1 usulan diterima.')).toBeVisible();
  await expect(hr.locator('#usulan tbody tr')).toHaveCount(2);

  // A married name: nobody comes near, the number tells. One who has a result
  // already is not meant, and what was typed stays.
  await go(hr, school + '?w=2026&hasil=berjalan');
  const missing = hr.locator('section.panel').last().locator('tbody tr', { hasNotText: 'Tidak ada yang cocok' });
  await expect(missing).toHaveCount(2);
  const numbers = await missing.locator('td').filter({ hasText: /^\d{18}$/ }).allInnerTexts();
  const head = await as('kepsek');
  await head.goto('/akun');
  const heads = (await head.locator('main').innerText()).match(/\d{18}/)?.[0];
  const nip = numbers.find((n) => n !== heads);
  const married = () => hr.locator('#usulan tbody tr', { hasText: 'BINTANG PANGGABEAN' });
  await married().getByText('Tunjuk dengan NIP').click();
  await married().getByLabel('NIP yang benar').fill('198001012005011009');
  await married().getByRole('button', { name: 'Pakai NIP ini' }).click();
  await expect(married().getByText('Tidak ada pegawai dengan NIP ini')).toBeVisible();
  await accessible(hr, 'a wrong number');
  await married().getByLabel('NIP yang benar').fill(nip);
  await married().getByRole('button', { name: 'Pakai NIP ini' }).click();
  await expect(hr.getByText('1 usulan diterima.')).toBeVisible();

  // Somebody of another school: that school sends it, the row is put aside.
  await expect(hr.locator('#usulan tbody tr')).toHaveCount(1);
  await hr.locator('#usulan').getByRole('button', { name: 'Kesampingkan' }).click();
  await expect(hr.getByText('1 usulan dikesampingkan.')).toBeVisible();
  await expect(hr.locator('#usulan')).toHaveCount(0);
  await expect(hr.getByText('37 orang cocok dan tidak perlu apa-apa lagi.')).toBeVisible();
  expect(trouble).toEqual([]);
});

test('the head of the school sees the same and decides nothing', async ({ as }) => {
  const head = await as('kepsek');
  await go(head, '/tim');
  await head.getByRole('link', { name: 'Lihat yang sudah masuk' }).click();
  await accessible(head, 'the school');
  await fits(head);
  await expect(head.getByText(/37 orang cocok/)).toBeVisible();
  await expect(head.getByRole('button', { name: 'Terima' })).toHaveCount(0);
  const other = await head.request.get('/hasil-lain');
  expect(other.status()).toBe(403);
  const stranger = await as('pegawai');
  expect((await stranger.request.get(school)).status()).toBe(403);
});

test('a teacher reads plan and result, is asked for nothing, and asks for feedback', async ({ as }) => {
  const teacher = await as('guru', { viewport: { width: 360, height: 780 } });
  const trouble = watch(teacher);
  await go(teacher, '/');
  await expect(teacher.getByText('Susun SKP')).toHaveCount(0);
  await go(teacher, '/skp');
  await expect(teacher.getByText(/ditulis di Ruang GTK\. Di sini hanya untuk dibaca\. Diambil dari berkas .*ruang-gtk\.csv/)).toBeVisible();
  await expect(teacher.getByText('Peserta didik menguasai kompetensi dasar').first()).toBeVisible();
  await expect(teacher.getByRole('link', { name: 'Ubah' })).toHaveCount(0);
  await go(teacher, '/evaluasi');
  await expect(teacher.getByText('Ditetapkan di Ruang GTK').first()).toBeVisible();
  await go(teacher, '/umpan-balik');
  await expect(teacher.getByText(/Minta umpan balik/).first()).toBeVisible();
  expect(trouble).toEqual([]);
});
