// What an office has promised, from the agreement to everybody's SKP.
import { readFileSync } from 'node:fs';
import { test, expect, accessible, fits, watch } from '../fixtures.mjs';

test.describe.configure({ mode: 'serial', timeout: 60_000 });

async function go(page, path) {
  const answer = await page.goto(path);
  expect(answer.status(), path).toBeLessThan(400);
  await accessible(page, path);
  await fits(page);
}

const example = (name) => ({
  name, mimeType: name.endsWith('json') ? 'application/json' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  buffer: readFileSync(new URL(`../../appraisal/cascade/testdata/${name}`, import.meta.url)),
});

let board;

test('an e-SAKIP file becomes agreements, seen before it is stored', async ({ as }) => {
  const hr = await as('bkpsdm');
  const trouble = watch(hr);
  for (const [file, changes, unit] of [['e-sakip.xlsx', 4, 'Dinas Sosial'], ['e-sakip.json', 4, 'Dinas Lingkungan Hidup']]) {
    await go(hr, '/perjanjian/muat');
    await hr.locator('input[type=file]').setInputFiles(example(file));
    await hr.getByRole('button', { name: 'Lihat dahulu' }).click();
    await expect(hr.getByText(unit, { exact: true }).first()).toBeVisible();
    await accessible(hr, file);
    await fits(hr);
    await hr.getByRole('button', { name: `Muat ${changes} perubahan` }).click();
    await expect(hr.getByText(`${changes} baru, 0 berubah, 0 tetap, 1 ditolak.`)).toBeVisible();

    // Loading it again changes nothing.
    await go(hr, '/perjanjian/muat');
    await hr.locator('input[type=file]').setInputFiles(example(file));
    await hr.getByRole('button', { name: 'Lihat dahulu' }).click();
    await expect(hr.getByRole('button', { name: /^Muat \d+ perubahan/ })).toHaveCount(0);
  }
  await go(hr, '/perjanjian?q=dinas sosial');
  await expect(hr.locator('tbody tr', { hasText: 'Dinas Sosial' }).first()).toContainText('Draf');
  expect(trouble).toEqual([]);
});

test('a head takes the agreement over as SKP', async ({ as }) => {
  const head = await as('kadishub');
  const trouble = watch(head);
  await go(head, '/perjanjian?q=dinas perhubungan');
  await head.getByRole('link', { name: 'Dinas Perhubungan', exact: true }).first().click();
  await accessible(head, 'the agreement');
  await head.getByRole('link', { name: 'Bandingkan dengan SKP saya' }).click();
  await accessible(head, 'the comparison');
  await fits(head);
  await expect(head.getByText('Penumpang dan barang berangkat sesuai jadwal').first()).toBeVisible();
  await head.getByRole('button', { name: 'Ambil ke SKP' }).click();
  await expect(head).toHaveURL(/\/skp\//);
  await expect(head.getByText('Penumpang dan barang berangkat sesuai jadwal').first()).toBeVisible();
  expect(trouble).toEqual([]);
});

test('the matrix shows its gaps, and one request closes them', async ({ as }) => {
  const head = await as('kadishub', { viewport: { width: 1280, height: 900 } });
  const trouble = watch(head);
  await go(head, '/matriks');
  await head.getByRole('link', { name: 'Matriks saya' }).click();
  board = new URL(head.url()).pathname;
  await accessible(head, board);
  await fits(head);
  const gaps = head.locator('section', { has: head.getByRole('heading', { name: 'Celah' }) });
  await expect(gaps).toContainText('Pegawai bekerja dengan kompetensi yang sesuai');
  await expect(gaps).toContainText('Penumpang dan barang berangkat sesuai jadwal');
  await expect(gaps).toContainText('orang belum mendukung satu hasil pun');

  await head.getByRole('link', { name: 'Bagikan hasil' }).click();
  await accessible(head, 'giving results');
  await head.getByRole('checkbox', { name: /Semua \d+ orang/ }).check();
  await head.getByRole('checkbox', { name: /Pegawai bekerja dengan kompetensi/ }).check();
  await head.getByRole('checkbox', { name: /Penumpang dan barang berangkat/ }).check();
  await head.getByRole('button', { name: 'Lihat dahulu' }).click();
  await accessible(head, 'what giving would do');
  await fits(head);
  await head.getByRole('button', { name: /^Bagikan \d+ hasil/ }).click();
  await expect(head.getByText(/hasil diusulkan/).first()).toBeVisible();
  await go(head, board);
  await expect(head.getByText('orang belum mendukung satu hasil pun')).toHaveCount(0);
  await expect(head.locator('#celah, section', { has: head.getByRole('heading', { name: 'Celah' }) })).toHaveCount(0);

  // At 360 px the same matrix fits the phone.
  await head.setViewportSize({ width: 360, height: 780 });
  await go(head, board);
  expect(trouble).toEqual([]);
});

test('the person finds the results proposed and takes them into the draft', async ({ as }) => {
  const person = await as('kabidlalin', { viewport: { width: 360, height: 780 } });
  const trouble = watch(person);
  await go(person, '/');
  await expect(person.locator('a[href^="/peran-hasil/"]').first()).toBeVisible();
  await go(person, '/peran-hasil');
  await expect(person.getByText('Mendukung: Penumpang dan barang berangkat sesuai jadwal').or(person.getByText(/Penumpang dan barang berangkat sesuai jadwal/)).first()).toBeVisible();
  await person.getByRole('button', { name: 'Terima yang dipilih' }).click();
  await expect(person.getByText('2 hasil masuk ke SKP Anda.')).toBeVisible();
  await go(person, '/skp');
  await expect(person.getByText(/Penumpang dan barang berangkat sesuai jadwal: bagian/).first()).toBeVisible();
  expect(trouble).toEqual([]);
});

test('the mayor, a superior and the HR agency see the same thing living', async ({ as }) => {
  for (const [who, paths] of [['walikota', ['/perjanjian', '/matriks']], ['kepala', ['/perjanjian', '/matriks', '/peran-hasil']], ['atasan', ['/matriks', '/peran-hasil']]]) {
    const page = await as(who);
    for (const path of paths) await go(page, path);
  }
  const mayor = await as('walikota');
  await go(mayor, '/matriks');
  await mayor.getByRole('link', { name: 'Matriks saya' }).click();
  await expect(mayor.getByText('Permukiman pesisir tangguh terhadap rob').first()).toBeVisible();
  await accessible(mayor, "the mayor's matrix");
  await fits(mayor);
});
