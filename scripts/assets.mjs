// Builds what the browser loads: one stylesheet, one script, two fonts, the
// icons. Names carry a hash of their content, so the server may let browsers
// keep them for a year; manifest.json tells the server the names; text is also
// written compressed. Prints each file's size.
//
// js/main.js becomes app.js, css/main.css app.css; every file in
// js/pages/ becomes a script of its own, for pages that need more.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const home = join(dirname(fileURLToPath(import.meta.url)), '..', 'internal', 'web', 'static');
const dist = join(home, 'dist');
const manifest = {};
const files = new Map();

await bundle({ app: join(home, 'js', 'main.js'), ...(await pages()) });
await bundle({ app: join(home, 'css', 'main.css') });
for (const name of ['icons.svg', 'icon.svg']) add(name, await readFile(join(home, name)));
compress();
files.set('manifest.json', Buffer.from(JSON.stringify(manifest, null, 2) + '\n'));
await write();

async function pages() {
  const folder = join(home, 'js', 'pages');
  if (!existsSync(folder)) return {};
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js') && !name.endsWith('.test.js'));
  return Object.fromEntries(names.map((name) => [basename(name, '.js'), join(folder, name)]));
}

async function bundle(entryPoints) {
  const { outputFiles, metafile } = await build({
    entryPoints,
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['chrome109', 'firefox115', 'safari16'],
    write: false,
    metafile: true,
    outdir: dist,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file', '.svg': 'file' },
    legalComments: 'none',
    logLevel: 'warning',
  });
  for (const file of outputFiles) files.set(basename(file.path), Buffer.from(file.contents));
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) {
    const built = basename(path);
    if (entryPoint || extname(built) === '.woff2') manifest[plain(built)] = built;
  }
}

// plain takes the hash out of a built name: app-1A2B3C4D.css is app.css.
function plain(built) {
  return built.replace(/-[A-Z0-9]{8}(\.[a-z0-9]+)$/, '$1');
}

function add(name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8).toUpperCase();
  const built = name.replace(/(\.[a-z]+)$/, `-${hash}$1`);
  manifest[name] = built;
  files.set(built, content);
}

function compress() {
  for (const [name, content] of [...files]) {
    const gz = gzipSync(content, { level: 9 });
    console.log(`${name.padEnd(44)} ${String(content.length).padStart(7)} B  ${String(gz.length).padStart(6)} B gzip`);
    if (!/\.(css|js|svg)$/.test(name)) continue;
    files.set(`${name}.gz`, gz);
    files.set(`${name}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  }
}

// write puts the new files down before it takes the old ones away, and leaves
// those of the last minutes: a compilation beside it may have listed them.
async function write() {
  await mkdir(dist, { recursive: true });
  for (const [name, content] of files) await writeFile(join(dist, name), content);
  for (const name of await readdir(dist)) {
    if (name === '.gitkeep' || files.has(name)) continue;
    const path = join(dist, name);
    if (Date.now() - (await stat(path)).mtimeMs > 10 * 60_000) await rm(path);
  }
}
