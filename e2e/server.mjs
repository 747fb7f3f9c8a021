// Starts one server of the suite and stops it with this process:
//
//   node e2e/server.mjs parts|sqlite|postgres PORT
//
// The city stands on a fixed day, so that what it shows does not change.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [kind, port] = process.argv.slice(2);
const listen = `127.0.0.1:${port}`;
const today = '2026-11-23';
const data = mkdtempSync(join(tmpdir(), 'gurindam-e2e-'));
let database;

const child = spawn(...command(), { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
child.on('exit', (code) => { tidy(); process.exit(code ?? 0); });
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill('SIGTERM'));

function command() {
  switch (kind) {
    case 'parts':
      return ['go', ['run', './internal/web/ui/gallery', '--listen', listen]];
    case 'sqlite':
      return ['bin/gurindam', ['demo', '--listen', listen, '--data', data, '--today', today]];
    case 'postgres':
      return ['bin/gurindam', ['demo', '--listen', listen, '--data', data, '--today', today, '--database', newDatabase()]];
    default:
      throw new Error(`e2e: no server called ${kind}`);
  }
}

// newDatabase makes a database on the server that pgcluster holds (make e2e).
function newDatabase() {
  const server = process.env.GURINDAM_TEST_POSTGRES;
  if (!server) throw new Error('e2e: GURINDAM_TEST_POSTGRES is not set; run `make e2e`, or E2E_ONLY=parts,sqlite');
  database = `e2e_${port}_${Date.now()}`;
  sql(`CREATE DATABASE ${database}`);
  // The server listens on a socket: its URL has no host, which URL refuses.
  return server.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${database}`);
}

function sql(text) {
  execFileSync('psql', [process.env.GURINDAM_TEST_POSTGRES, '-qc', text], { stdio: ['ignore', 'ignore', 'inherit'] });
}

function tidy() {
  rmSync(data, { recursive: true, force: true });
  if (!database) return;
  try {
    sql(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  } catch {
    // The cluster is gone, and the database with it.
  }
}
