// Where the browser is and how it is started. Debian's chromium serves both
// the tests and the look script; a root user (containers, CI) needs
// --no-sandbox, and a closed network needs the browser to stay quiet.
import { existsSync } from 'node:fs';

const candidates = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].filter(Boolean);

export const executablePath = candidates.find((path) => existsSync(path));

export const args = [
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

export const launchOptions = { executablePath, args };

// The demo's accounts share one password; see the sign-in page of `gurindam demo`.
export const demoPassword = 'gurindam-demo';
