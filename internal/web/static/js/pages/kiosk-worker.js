// The worker of a kiosk: pages from the network while there is one, else what
// the page has put away; styles and scripts, whose names change with their
// content, from what was put away.
const cacheName = 'gurindam-kios';
const patience = 4000;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (new URL(request.url).pathname.startsWith('/static/')) event.respondWith(asset(request));
});

async function kept(request) {
  return (await caches.open(cacheName)).match(request);
}

async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patience) });
    if (answer.status < 500) return answer;
    return (await kept(request)) ?? answer;
  } catch {
    return (await kept(request)) ?? Response.error();
  }
}

async function asset(request) {
  return (await kept(request)) ?? fetch(request);
}
