// Citizens in an appraisal and in what is done: the index of the civil registry
// stands in the evaluation of its head; what citizens said becomes deeds that
// they confirm, praise reaches a post, and a forum's agreement becomes an RHK.
import { execFileSync } from 'node:child_process';
import { newService } from '../citizen.mjs';
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

// The library is nobody else's here: the head of its archive owns what is
// promised and is praised.
const library = { unit: 'Dinas Perpustakaan' };

// surveyed loads two dozen answers of last quarter, the waiting time the worst
// of all, and returns the wave's page.
async function surveyed(service) {
  const { page } = service;
  const rows = ['tanggal,requirements,procedure,time,cost,product,competence,behaviour,complaints,facilities,saran'];
  for (let i = 0; i < 24; i++) {
    rows.push(`2026-08-${String(3 + (i % 20)).padStart(2, '0')},3,${3 + (i % 2)},${1 + (i % 2)},4,3,4,${3 + (i % 2)},3,3,${i === 0 ? 'Kepala bidangnya ramah dan cepat' : ''}`);
  }
  await page.goto(service.desk);
  await page.locator('#impor [type=file]').setInputFiles({ name: 'jawaban.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
  await page.getByRole('button', { name: 'Muat berkas' }).click();
  await expect(page.locator('#hasil-impor')).toContainText('24');
  await page.locator('#hasil-impor a').first().click();
  return new URL(page.url()).pathname;
}

// press presses a button and says yes when it asks.
async function press(page, name) {
  await page.getByRole('button', { name, exact: true }).first().click();
  await page.locator('dialog[open]').getByRole('button', { name, exact: true }).click();
}

// voice is a citizen who wants to hear what becomes of the waiting time.
async function voice(browser, baseURL, service) {
  const context = await browser.newContext({ baseURL, locale: 'id-ID', javaScriptEnabled: false, ...phone });
  const page = await context.newPage();
  await page.goto(`${service.form}/terima-kasih`);
  await page.getByText('Ingin dikabari apa yang berubah?').click();
  await page.getByLabel('Waktu penyelesaian').check();
  await page.getByRole('button', { name: 'Minta kode kabar' }).click();
  await expect(page.getByText('Simpan kode ini')).toBeVisible();
  await page.getByRole('link', { name: 'Tautan langsung ke halaman ini' }).click();
  return page;
}

test('the lowest element becomes an action, done only when those who raised it say so', async ({ as, browser, baseURL, page }) => {
  test.setTimeout(120_000);
  const service = await newService(as, 'tindak', library);
  const hr = service.page;
  const wave = await surveyed(service);
  await press(hr, 'Tutup masa ini');
  await press(hr, 'Terbitkan hasil');
  await expect(hr.getByRole('button', { name: 'Terbitkan pengganti' })).toBeVisible();
  await hr.goto(`${service.desk}/tindak-lanjut`);
  await expect(hr.getByText('Unsur Waktu penyelesaian termasuk yang terendah dan belum ditanggapi.')).toBeVisible();
  await accessible(hr);
  const citizens = [await voice(browser, baseURL, service), await voice(browser, baseURL, service), await voice(browser, baseURL, service)];

  await hr.locator('#tambah [name=element]').selectOption('time');
  await hr.locator('#tambah [name=said]').fill('Menunggu satu jam untuk satu buku.');
  await hr.locator('#tambah [name=deed]').fill('Dua meja peminjaman dibuka pada jam ramai.');
  const owner = hr.locator('select[name=owner_person]').first();
  await owner.selectOption(await owner.locator('option', { hasText: /^\s*Kepala Bidang Kearsipan/ }).first().getAttribute('value'));
  await hr.locator('[name=due_on]').first().fill('2026-12-18');
  await hr.getByRole('button', { name: 'Simpan tanggapan' }).click();
  await expect(hr.getByText('Direncanakan').first()).toBeVisible();
  await expect(hr.getByText('Unsur Waktu penyelesaian termasuk yang terendah dan belum ditanggapi.')).toHaveCount(0);
  await page.goto(service.public);
  const said = page.locator('tr', { hasText: 'Menunggu satu jam' });
  await expect(said).toContainText('Direncanakan');

  // What cannot be done is answered too, with the reason.
  await hr.locator('#tambah [name=said]').fill('Buka sampai tengah malam.');
  await hr.locator('#tambah [name=declined]').check();
  await hr.locator('#tambah [name=reason]').fill('penjaga malam belum ada');
  await hr.getByRole('button', { name: 'Simpan tanggapan' }).click();
  await page.reload();
  await expect(page.locator('tr', { hasText: 'Buka sampai tengah malam' })).toContainText(/Belum dapat kami penuhi[\s\S]*karena penjaga malam belum ada/);

  // The owner finds it on the own desk and reports with evidence.
  const head = await as('kabidarsip');
  await head.goto('/');
  await head.locator('li', { hasText: 'Dua meja peminjaman' }).last().getByRole('link', { name: 'Buka tindak lanjut' }).click();
  await accessible(head);
  await head.getByRole('button', { name: 'Laporkan sudah dikerjakan' }).click();
  await expect(head.getByText('Sebutkan apa yang sudah dilakukan dan buktinya.').first()).toBeVisible();
  await head.getByLabel('Keterangan').fill('Dua meja terbuka sejak 20 November, foto di sekretariat.');
  await head.getByRole('button', { name: 'Laporkan sudah dikerjakan' }).click();
  await expect(head.getByText('Menunggu pembenaran warga').first()).toBeVisible();

  for (const [i, citizen] of citizens.entries()) {
    await page.reload();
    await expect(said).toContainText('Menunggu pembenaran warga');
    await citizen.reload();
    await expect(citizen.getByText('Menurut Anda, apakah ini sudah terasa?')).toBeVisible();
    await fits(citizen);
    await citizen.getByRole('button', { name: i === 1 ? 'Belum' : 'Ya, sudah', exact: true }).click();
    await expect(citizen.getByText('Terima kasih, pendapat Anda dihitung')).toBeVisible();
  }
  await page.reload();
  await expect(said).toContainText('Selesai');
  await expect(said).toContainText('2 dari 3 penyampai membenarkan');
  await expect(page.getByText('Anda sampaikan, kami tindak lanjuti').first()).toBeVisible();
  await accessible(page);
  await page.setViewportSize(phone.viewport);
  await fits(page);
  await Promise.all(citizens.map((p) => p.context().close()));
  expect(wave).toContain('/survei/masa/');
});

test('praise that names a post passes a moderator and reaches that person', async ({ as }) => {
  test.slow();
  const service = await newService(as, 'pujian', library);
  const hr = service.page;
  const wave = await surveyed(service);
  await hr.goto(`${wave}/kata`);
  await expect(hr.getByText('Kepala bidangnya ramah dan cepat').first()).toBeVisible();
  await accessible(hr);
  await hr.getByLabel('Kata-kata, tanpa nama').fill(`Kepala bidangnya ramah. ${service.code}`);
  await hr.getByRole('button', { name: 'Tampilkan' }).click();
  await hr.getByRole('link', { name: 'Teruskan ke jabatan' }).first().click();
  await accessible(hr);
  const holder = hr.locator('select[name=holder]');
  await holder.selectOption(await holder.locator('option', { hasText: /^\s*Kepala Bidang Kearsipan/ }).first().getAttribute('value'));
  await hr.getByRole('button', { name: 'Teruskan sebagai umpan balik' }).click();
  await expect(hr.getByText('Ucapan diteruskan kepada pemangku jabatan')).toBeVisible();

  const head = await as('kabidarsip');
  await head.goto('/umpan-balik');
  await expect(head.getByText(`Kepala bidangnya ramah. ${service.code}`)).toBeVisible();
  await accessible(head);
});

test('a consultation forum: minutes, its document, and an action that becomes an RHK', async ({ as, page }) => {
  test.setTimeout(120_000);
  const service = await newService(as, 'fkp', library);
  const hr = service.page;
  await hr.goto('/fkp');
  await accessible(hr);
  await hr.locator('select[name=service]').selectOption({ label: service.name });
  await hr.locator('[name=topic]').fill(`Standar pelayanan arsip ${service.code}`);
  await hr.locator('[name=held_on]').fill('2026-11-20');
  await hr.locator('[name=place]').fill('Aula perpustakaan');
  await hr.getByRole('button', { name: 'Rencanakan', exact: true }).click();
  const forum = new URL(hr.url()).pathname;
  expect(forum).toMatch(/^\/fkp\/.+/);
  for (const [name, kind] of [['Ibu Rahayu', 'user'], ['Dr. Hamzah', 'expert']]) {
    await hr.locator('[name=guest]').fill(name);
    await hr.locator('select[name=kind]').selectOption(kind);
    await hr.getByLabel('Hadir', { exact: true }).check();
    await hr.getByRole('button', { name: 'Tambah peserta' }).click();
    await expect(hr.locator('#peserta')).toContainText(name);
  }
  await hr.locator('[name=minutes]').fill('Dua puluh orang membahas waktu pencarian arsip.');
  await hr.getByRole('button', { name: 'Simpan notulen' }).click();
  await expect(hr.getByText('Terlaksana').first()).toBeVisible();
  await expect(hr.getByText('Belum ada yang hadir dari unsur')).toContainText('Media massa');
  await hr.locator('[name=issue]').fill('Arsip dicari tiga hari');
  await hr.locator('[name=agreement]').fill('Arsip vital dipindai dan ditemukan dalam satu hari');
  const owner = hr.locator('select[name=owner_person]').first();
  await owner.selectOption(await owner.locator('option', { hasText: /^\s*Kepala Bidang Kearsipan/ }).first().getAttribute('value'));
  await hr.locator('[name=due_on]').first().fill('2026-12-21');
  await hr.getByRole('button', { name: 'Tambah kesepakatan' }).click();
  await accessible(hr);
  await press(hr, 'Tetapkan berita acara');
  await expect(hr.locator('#kesepakatan a[href^="/tindak-lanjut/"]')).toBeVisible();
  await expect(hr.locator('.head .tag')).toHaveText(/Disepakati/);

  const pdf = await hr.request.get(`${forum}/berita-acara.pdf`);
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: await pdf.body() }).toString();
  for (const words of ['Jumat', 'Aula perpustakaan', 'Ibu Rahayu', 'Dr. Hamzah', 'waktu pencarian arsip', 'Arsip dicari tiga hari']) expect(text).toContain(words);

  await page.goto(service.public);
  await expect(page.locator('tr', { hasText: 'Arsip dicari tiga hari' })).toContainText('Arsip vital dipindai');

  const head = await as('kabidarsip');
  await head.goto('/');
  await head.locator('li', { hasText: 'Arsip vital dipindai' }).last().getByRole('link', { name: 'Buka tindak lanjut' }).click();
  await accessible(head);
  await head.getByRole('button', { name: 'Jadikan RHK saya' }).click();
  await expect(head).toHaveURL(/\/skp\//);
  await expect(head.getByText('Arsip vital dipindai dan ditemukan dalam satu hari').first()).toBeVisible();
  await head.getByRole('link', { name: /^Ubah hasil kerja: Arsip vital dipindai/ }).click();
  await expect(head.locator('[name=assignment]')).toHaveValue(/^Forum Konsultasi Publik, .* 2026$/);
  await accessible(head);
});
