// Three servers, one suite: the parts of pages by themselves (no database), and
// the sample city on SQLite and on PostgreSQL. `make e2e` builds and starts
// everything; E2E_ONLY=parts|sqlite|postgres runs one of them.
import { defineConfig } from '@playwright/test';
import { launchOptions } from './chromium.mjs';

// Ports of this run, the same in every worker, rarely those of another run.
process.env.E2E_PORT ??= String(20000 + (process.pid % 10000) * 4);
const port = Number(process.env.E2E_PORT);
const only = process.env.E2E_ONLY;

const kinds = ['parts', 'sqlite', 'postgres']
  .map((name, i) => ({ name, url: `http://127.0.0.1:${port + i}` }))
  .filter(({ name }) => !only || only.split(',').includes(name));

export default defineConfig({
  testDir: '.',
  outputDir: 'results',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  timeout: 30_000,
  expect: { timeout: 15_000 },
  forbidOnly: !!process.env.CI,
  reporter: [['list'], ['./reporter.mjs']],
  use: { launchOptions, locale: 'id-ID', trace: 'retain-on-failure' },
  projects: kinds.map(({ name, url }) => ({
    name,
    testMatch: name === 'parts' ? 'parts/**/*.spec.mjs' : 'city/**/*.spec.mjs',
    use: { baseURL: url },
  })),
  webServer: kinds.map(({ name, url }) => ({
    name,
    command: `node server.mjs ${name} ${new URL(url).port}`,
    url: `${url}/healthz`,
    timeout: 120_000,
    stdout: 'ignore',
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  })),
});
