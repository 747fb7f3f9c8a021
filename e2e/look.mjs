#!/usr/bin/env node
// Takes pictures of pages, to look at them.
//
//   node e2e/look.mjs --base http://127.0.0.1:8080 --as pegawai --out DIR /skp /peta
//
// Options (lists are separated by commas; every combination is taken):
//   --base URL      the running server               (http://127.0.0.1:8080)
//   --as ACCOUNTS   demo accounts, or "publik" for nobody       (publik)
//   --out DIR       where the PNGs go                           (look)
//   --width LIST    viewport widths                             (360,1280)
//   --lang LIST     id, en                                      (id)
//   --theme NAME    light or dark                               (light)
//   --media NAME    screen or print                             (screen)
//   --no-js         without JavaScript
//   --viewport      only the first screen, not the whole page
//   --axe           also print serious and critical axe findings
//
// Prints one line a picture: status, file, bytes over the wire, console errors.
// Exits 1 when a page answered with an error, wrote to the console's error
// log, scrolls sideways, or (with --axe) is not accessible.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions, demoPassword } from './chromium.mjs';

const { values: opt, positionals: paths } = parseArgs({
  allowPositionals: true,
  options: {
    base: { type: 'string', default: 'http://127.0.0.1:8080' },
    as: { type: 'string', default: 'publik' },
    out: { type: 'string', default: 'look' },
    width: { type: 'string', default: '360,1280' },
    lang: { type: 'string', default: 'id' },
    theme: { type: 'string', default: 'light' },
    media: { type: 'string', default: 'screen' },
    'no-js': { type: 'boolean', default: false },
    viewport: { type: 'boolean', default: false },
    axe: { type: 'boolean', default: false },
  },
});

if (paths.length === 0) {
  console.error('look: name at least one path, for example: node e2e/look.mjs --as pegawai /');
  process.exit(2);
}

const list = (text) => text.split(',').map((s) => s.trim()).filter(Boolean);
let bad = 0;

await mkdir(opt.out, { recursive: true });
const browser = await chromium.launch(launchOptions);
try {
  for (const account of list(opt.as)) {
    for (const lang of list(opt.lang)) {
      const state = await signIn(account, lang);
      for (const width of list(opt.width)) {
        for (const path of paths) await picture({ account, lang, width: Number(width), path, state });
      }
    }
  }
} finally {
  await browser.close();
}
process.exit(bad > 0 ? 1 : 0);

// signIn returns the cookies of an account; of nobody, only the language.
async function signIn(account, lang) {
  const context = await browser.newContext({ baseURL: opt.base });
  try {
    if (account !== 'publik') {
      const answer = await context.request.post('/login', {
        form: { username: account, password: demoPassword },
        maxRedirects: 0,
      });
      if (answer.status() !== 303) throw new Error(`look: signing in as ${account} answered ${answer.status()}`);
    }
    const state = await context.storageState();
    const url = new URL(opt.base);
    state.cookies.push({
      name: 'gurindam_lang', value: lang, domain: url.hostname, path: '/',
      expires: -1, httpOnly: false, secure: false, sameSite: 'Lax',
    });
    return state;
  } finally {
    await context.close();
  }
}

async function picture({ account, lang, width, path, state }) {
  const context = await browser.newContext({
    baseURL: opt.base,
    storageState: state,
    viewport: { width, height: width < 600 ? 780 : 900 },
    locale: lang === 'id' ? 'id-ID' : 'en-GB',
    colorScheme: opt.theme,
    reducedMotion: 'reduce',
    javaScriptEnabled: !opt['no-js'],
  });
  const page = await context.newPage();
  const trouble = [];
  let bytes = 0;
  page.on('console', (m) => m.type() === 'error' && trouble.push(m.text()));
  page.on('pageerror', (e) => trouble.push(e.message));
  page.on('response', async (r) => {
    const sizes = await r.request().sizes().catch(() => null);
    bytes += sizes ? sizes.responseBodySize + sizes.responseHeadersSize : 0;
  });
  await page.emulateMedia({ media: opt.media });
  const answer = await page.goto(path, { waitUntil: 'networkidle' });
  const status = answer?.status() ?? 0;
  if (status >= 400) trouble.push(`answered ${status}`);
  if (opt.media === 'screen' && !opt['no-js']) {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) trouble.push(`scrolls sideways by ${over} px`);
  }
  if (opt.axe) trouble.push(...(await axe(page)));
  const file = join(opt.out, fileName({ account, lang, width, path }));
  await page.screenshot({ path: file, fullPage: !opt.viewport });
  console.log(`${status} ${file} ${(bytes / 1024).toFixed(1)} KB${trouble.map((t) => '\n    ' + t).join('')}`);
  bad += trouble.length;
  await context.close();
}

async function axe(page) {
  const { AxeBuilder } = await import('@axe-core/playwright');
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}\n        ${n.failureSummary.replace(/\n\s*/g, ' ')}`));
}

function fileName({ account, lang, width, path }) {
  const slug = path.replace(/^\//, '').replace(/[^a-zA-Z0-9]+/g, '-').replace(/-$/, '') || 'home';
  const dark = opt.theme === 'dark' ? '-dark' : '';
  const print = opt.media === 'print' ? '-print' : '';
  return `${slug}-${account}-${lang}-${width}${dark}${print}.png`;
}
