// The forum: what the rules hold is released or refused by a moderator, an
// appeal is decided by somebody else, a flag is looked at; an office answers on
// a clock; a citizen hears of it by mail and stops with one click.
import { letters, member, newService, newTopic } from '../citizen.mjs';
import { test, expect, accessible, fits } from '../fixtures.mjs';

const registry = { unit: 'Dinas Kependudukan' };
const phone = { viewport: { width: 360, height: 780 } };

// say writes into a topic and returns what was written.
async function say(page, topic, words) {
  await page.goto(topic);
  await page.locator('#tulis textarea').fill(words);
  await page.locator('#tulis button').click();
  await expect(page.getByText(words)).toBeVisible();
  return words;
}

// queued finds what waits for a moderator in one part of the page.
const queued = (page, part, words) => page.locator(`#${part} li`, { hasText: words });

test('a moderator releases, refuses with a reason, and another decides the appeal', async ({ as, browser, baseURL }) => {
  test.slow();
  const service = await newService(as, 'moderasi', registry);
  const hr = service.page;
  const citizen = await member(browser, baseURL, 'Warga Moderasi', phone);
  const topic = await newTopic(citizen, service, `Jam layanan ${service.code}`, 'Apakah buka pada hari Sabtu?');

  const first = await say(citizen, topic, `Tanggapan pertama ${service.code}`);
  await expect(citizen.getByText('Menunggu diperiksa moderator')).toBeVisible();
  await fits(citizen);
  await accessible(citizen);
  const reader = await browser.newContext({ baseURL });
  const world = await reader.newPage();
  await world.goto(topic);
  await expect(world.getByText(first)).toHaveCount(0); // held by the rules

  await hr.goto('/forum/moderasi');
  await accessible(hr);
  await queued(hr, 'tanggapan', first).getByRole('button', { name: 'Tampilkan' }).click();
  await world.reload();
  await expect(world.getByText(first)).toBeVisible();

  const second = await say(citizen, topic, `Tanggapan kedua ${service.code}`);
  await hr.goto('/forum/moderasi');
  await queued(hr, 'tanggapan', second).getByRole('button', { name: 'Sembunyikan' }).click();
  await expect(hr.getByRole('alert').or(hr.locator('.errors')).first()).toContainText('Sebutkan alasannya');
  await accessible(hr);
  await queued(hr, 'tanggapan', second).getByLabel('Alasan bila disembunyikan').fill('menyebut nama petugas');
  await queued(hr, 'tanggapan', second).getByRole('button', { name: 'Sembunyikan' }).click();
  await world.reload();
  await expect(world.getByText('Disembunyikan: menyebut nama petugas')).toBeVisible();
  await expect(world.getByText(second)).toHaveCount(0);

  await citizen.goto(topic);
  await citizen.getByLabel('Keberatan Anda').fill('Saya tidak menyebut siapa pun.');
  await citizen.getByRole('button', { name: 'Ajukan keberatan' }).click();
  await expect(citizen.getByText('Keberatan menunggu putusan')).toBeVisible();
  await hr.goto('/forum/moderasi');
  await expect(queued(hr, 'banding', second).getByText('Keberatan harus diputus oleh moderator lain')).toBeVisible();
  await expect(queued(hr, 'banding', second).getByRole('button')).toHaveCount(0);
  const head = await as('kepala');
  await head.goto('/forum/moderasi');
  await expect(queued(head, 'banding', second)).toContainText('Saya tidak menyebut siapa pun.');
  await accessible(head);
  await queued(head, 'banding', second).getByRole('button', { name: 'Tampilkan' }).click();
  await world.reload();
  await expect(world.getByText(second)).toBeVisible();

  // A neighbour flags it: it stays, and a moderator looks at it.
  const neighbour = await member(browser, baseURL, 'Tetangga Moderasi');
  await neighbour.goto(topic);
  const post = neighbour.locator('ul.talk > li', { hasText: second });
  await post.getByText('Balas atau laporkan').click();
  await post.getByLabel('Apa yang salah dengan tanggapan ini?').fill('terlalu kasar');
  await post.getByRole('button', { name: 'Laporkan ke moderator' }).click();
  await expect(neighbour.getByText('Laporan diterima')).toBeVisible();
  await head.goto('/forum/moderasi');
  await expect(queued(head, 'dilaporkan', second)).toContainText('terlalu kasar');
  await accessible(head);
  await queued(head, 'dilaporkan', second).getByRole('button', { name: 'Tampilkan' }).click();
  await expect(queued(head, 'dilaporkan', second)).toHaveCount(0);
  await Promise.all([citizen, neighbour, world].map((p) => p.context().close()));
});

test('an office answers on a clock, and the topic goes through its phases', async ({ as, browser, baseURL, page }) => {
  test.slow();
  const service = await newService(as, 'jawab', registry);
  const citizen = await member(browser, baseURL, 'Warga Bertanya');
  const title = `Antrean lansia ${service.code}`;
  const topic = await newTopic(citizen, service, title, 'Mohon loket khusus **lansia**.');
  await page.goto(topic);
  await expect(page.getByText('Jawaban resmi paling lambat')).toBeVisible();
  await expect(page.locator('.phases [aria-current=step]')).toHaveText('Isi');
  await expect(page.getByLabel('Jawaban resmi')).toHaveCount(0); // not for everybody

  const head = await as('kepala');
  await head.goto(topic);
  await accessible(head);
  await head.locator('#kantor textarea').fill('Mulai Desember loket dua untuk lansia.');
  await head.locator('#kantor').getByRole('button', { name: 'Kirim jawaban resmi' }).click();
  const answer = head.locator('ul.talk > li', { hasText: 'Mulai Desember loket dua' });
  await expect(answer.locator('.by .tag').first()).toHaveText(/Jawaban resmi/);
  await expect(answer.locator('.by b').first()).toContainText('Dinas Kependudukan');
  for (const phase of ['Hasil', 'Jawaban']) {
    await head.getByRole('button', { name: `Lanjut ke tahap ${phase}` }).click();
    await expect(head.locator('.phases [aria-current=step]')).toHaveText(phase);
  }
  await page.reload();
  await expect(page.getByText('Dijawab resmi 23 November 2026')).toBeVisible();
  await expect(page.getByText('Jawaban resmi paling lambat')).toHaveCount(0); // the clock has stopped
  await accessible(page);
  await page.setViewportSize(phone.viewport);
  await fits(page);
  await page.goto(`/forum?q=${encodeURIComponent(title)}`);
  await expect(page.getByText('Sudah dijawab')).toBeVisible();

  await head.getByRole('button', { name: 'Tutup topik' }).click();
  await page.goto(topic);
  await expect(page.getByText('Topik ini sudah ditutup')).toBeVisible();
  await citizen.context().close();
});

test('a citizen subscribes by mail, hears of the answer, and stops with one click', async ({ as, browser, baseURL, page }) => {
  test.slow();
  const service = await newService(as, 'surel', registry);
  const citizen = await member(browser, baseURL, 'Warga Surel');
  const topic = await newTopic(citizen, service, `Kabar lewat surel ${service.code}`, 'Kapan alat rekam datang?');
  const address = `warga${Date.now()}@contoh.id`;
  await page.goto(topic);
  await page.getByText('Langganan lewat surel').click();
  await page.getByLabel('Alamat surel').fill('bukan alamat');
  await page.locator('form[action$="/langganan"]').evaluate((form) => { form.noValidate = true; });
  await page.getByRole('button', { name: 'Kirim surel konfirmasi' }).click();
  await expect(page.getByText('Alamat surel ini tidak dapat dibaca').first()).toBeVisible();
  await page.goto(topic);
  await page.getByText('Langganan lewat surel').click();
  await page.getByLabel('Alamat surel').fill(address);
  await page.getByRole('button', { name: 'Kirim surel konfirmasi' }).click();
  await expect(page.getByText('Surel konfirmasi dikirim')).toBeVisible();
  await expect.poll(() => letters(address).length).toBe(1);
  const link = (letter, end) => new URL(letter.match(new RegExp(`http://[^\\s"<>]+/langganan/[A-Z2-7]+${end}`))[0]).pathname;
  await page.goto(link(letters(address)[0], '(?=[\\s"<])'));
  await accessible(page);
  await page.getByRole('button', { name: 'Ya, aktifkan' }).click();
  await expect(page.getByText('Langganan Anda aktif')).toBeVisible();

  await service.page.goto(topic);
  await service.page.locator('#kantor textarea').fill('Setiap Selasa mulai pekan depan.');
  await service.page.locator('#kantor').getByRole('button', { name: 'Kirim jawaban resmi' }).click();
  await expect.poll(() => letters(address).length).toBe(2);
  const letter = letters(address).find((l) => l.includes(`${baseURL}${topic}`));
  expect(letter, 'a letter that leads to the topic').toBeTruthy();
  expect(letter).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  await page.goto(topic);
  await expect(page.getByText('Setiap Selasa mulai pekan depan.')).toBeVisible();

  await page.goto(link(letter, '/berhenti'));
  await accessible(page);
  await page.getByRole('button', { name: 'Berhenti dan hapus alamat' }).click();
  await expect(page.getByText('Langganan dihentikan')).toBeVisible();
  await citizen.context().close();
});
