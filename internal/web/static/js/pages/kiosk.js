// The survey on a device in a service room. It begins with one large button and
// returns to it by itself; answers are queued on the device and sent when there
// is a network, each once; what the server refuses is told and can be saved.
import '../steps.js';
import { openQueue } from '../kioskqueue.js';

const stayAfter = 60_000; // without a touch, before asking
const leaveAfter = 15_000; // after asking
const thanksFor = 12_000;
const retryEvery = 15_000;
const cacheName = 'gurindam-kios';

const main = document.querySelector('[data-kiosk]');
const start = main.dataset.kiosk;
const part = (name) => main.querySelector(`[data-kiosk-${name}]`);
const form = part('asks').querySelector('form');
const queue = openQueue(new URL(start, location.href).pathname);
let timer;
let began = 0;

// Screens.

function show(name) {
  for (const each of ['door', 'asks', 'thanks']) part(each).hidden = each !== name;
  part('stay').close?.();
  clearTimeout(timer);
  scrollTo(0, 0);
}

// door forgets the last citizen: what was typed, the language, the size.
function door() {
  form.reset();
  for (const open of form.querySelectorAll('details[open]')) open.open = false;
  if (atStart()) show('door');
  else location.replace(start);
}

function atStart() {
  return location.href === new URL(start, location.href).href;
}

function begin() {
  form.reset();
  began = Date.now();
  show('asks');
  wait();
  form.querySelector('input')?.focus();
}

function thank() {
  form.reset();
  show('thanks');
  part('thanks').querySelector('h1').focus();
  timer = setTimeout(door, thanksFor);
}

// wait asks whether somebody is still there, and leaves when nobody is.
function wait() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    part('stay').showModal();
    timer = setTimeout(door, leaveAfter);
  }, stayAfter);
}

for (const event of ['pointerdown', 'keydown', 'input']) {
  document.addEventListener(event, () => {
    if (!part('asks').hidden && !part('stay').open) wait();
  });
}
part('begin')?.addEventListener('click', begin); // not there while no survey runs
part('again').addEventListener('click', door);
part('here').addEventListener('click', () => { part('stay').close(); wait(); });
// Languages and sizes replace the page: going back must not lead to an old form.
main.querySelector('.lang').addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (!link) return;
  event.preventDefault();
  location.replace(link.href);
});
addEventListener('pageshow', (event) => { if (event.persisted) door(); });

// Answers.

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  body.delete('opened');
  body.set('ref', random());
  body.set('day', day());
  body.set('seconds', String(Math.round((Date.now() - began) / 1000)));
  try {
    await queue.add({ ref: body.get('ref'), to: form.action, body: body.toString() });
  } catch {
    form.submit(); // a browser that keeps nothing sends it the plain way
    return;
  }
  thank();
  await draw();
  send();
});

function random() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
}

// day is the office's date, also where the device's clock is wrong: the
// difference was noted when the server was last heard.
function day() {
  const off = Number(localStorage.getItem('gurindam-kios-hari') ?? 0);
  const now = new Date(Date.now() + off * 86_400_000);
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
}

function noteDay(today) {
  const here = new Date();
  const off = Math.round((Date.parse(today) - Date.UTC(here.getFullYear(), here.getMonth(), here.getDate())) / 86_400_000);
  localStorage.setItem('gurindam-kios-hari', String(off));
}

let sending = false;
let again = false;

async function send() {
  if (sending) { again = true; return; }
  sending = true;
  try {
    for (const entry of await queue.waiting()) {
      if (!(await sendOne(entry))) break;
    }
  } finally {
    sending = false;
    await draw();
  }
  if (again) { again = false; send(); }
}

// sendOne reports whether the network is there.
async function sendOne(entry) {
  let answer;
  try {
    answer = await fetch(entry.to, {
      method: 'POST', body: new URLSearchParams(entry.body), signal: AbortSignal.timeout(20_000), redirect: 'error', cache: 'no-store',
    });
  } catch {
    return false;
  }
  if (answer.status === 204) await queue.done(entry.ref);
  else if (answer.status === 429 || answer.status >= 500 || answer.status < 400) return false;
  else await queue.refuse(entry.ref, (await answer.text()).trim().slice(0, 300));
  await draw();
  return true;
}

addEventListener('online', send);
setInterval(send, retryEvery);

// What is told of the queue.

async function draw() {
  const [waiting, refused] = [await queue.waiting(), await queue.refused()];
  const line = part('queue');
  line.hidden = false;
  line.classList.toggle('away', waiting.length > 0);
  const text = waiting.length ? line.dataset.waiting.replace('{0}', waiting.length) : line.dataset.linked;
  if (line.textContent !== text) line.textContent = text;
  const box = part('refused');
  box.hidden = refused.length === 0;
  const head = box.querySelector('summary');
  head.textContent = head.dataset.text.replace('{0}', refused.length);
  box.querySelector('ul').replaceChildren(...[...new Set(refused.map((entry) => entry.why))].map((why) => {
    const item = document.createElement('li');
    item.textContent = why;
    return item;
  }));
  // Others' answers are not for the next citizen: the officer's address has it.
  part('save').hidden = location.hash !== '#petugas';
}
addEventListener('hashchange', draw);

part('save').addEventListener('click', async () => {
  const rows = (await queue.refused()).map((entry) => Object.fromEntries(new URLSearchParams(entry.body)));
  const columns = [...new Set(rows.flatMap(Object.keys))].filter((name) => name !== 'ref' && name !== 'seconds');
  const cell = (text = '') => `"${text.replaceAll('"', '""')}"`;
  const head = columns.map((name) => (name === 'day' ? 'date' : name));
  const lines = [head, ...rows.map((row) => columns.map((name) => row[name]))].map((line) => line.map(cell).join(','));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([lines.join('\r\n') + '\r\n'], { type: 'text/csv' }));
  link.download = 'jawaban-kios.csv';
  link.click();
  URL.revokeObjectURL(link.href);
  part('drop').hidden = false;
});
part('drop').addEventListener('click', async () => {
  await queue.forget();
  part('drop').hidden = true;
  draw();
});

// Without a network: the page in both languages and sizes, and all it needs,
// are put away while there is one; the worker hands them out.

async function putAway() {
  const cache = await caches.open(cacheName);
  const wanted = new Set([start]);
  for (const path of wanted) {
    const answer = await fetch(path, { cache: 'no-store' });
    if (!answer.ok) return;
    await cache.put(new URL(path, location.href).href, answer.clone());
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    noteDay(page.querySelector('[data-today]').dataset.today);
    for (const link of page.querySelectorAll('.lang a')) if (wanted.size < 8) wanted.add(link.getAttribute('href'));
    for (const asset of page.querySelectorAll('link[rel=stylesheet], link[rel=icon], script[src]')) {
      const url = new URL(asset.getAttribute('href') ?? asset.getAttribute('src'), location.href).href;
      if (!(await cache.match(url))) await cache.add(url);
    }
  }
  main.dataset.kept = 'yes';
}

async function work() {
  if (!navigator.serviceWorker || !globalThis.caches) return;
  await navigator.serviceWorker.register(main.dataset.worker, { scope: new URL(start, location.href).pathname });
  await putAway();
}

await draw().catch(() => {});
show('door');
if (!atStart()) timer = setTimeout(door, stayAfter); // a language somebody chose and left
send();
work().catch(() => {}); // without a worker the device needs a network to start
