// The side pane: a link with data-pane shows its page beside this one. Back or
// Escape closes it; where it covers the page, the page beneath is inert.
import { announce } from './live.js';

const narrow = matchMedia('(max-width: 1099px)');
let htmx;
let opener;

export function startPane(library) {
  htmx = library;
  if (!pane()?.querySelector('[data-pane-body]')) return;
  document.addEventListener('click', onClick);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && isOpen() && !document.querySelector('dialog[open]')) history.back();
  });
  window.addEventListener('popstate', (event) => (event.state?.pane ? show(event.state.pane) : close()));
  narrow.addEventListener('change', settle);
  if (history.state?.pane) show(history.state.pane);
}

const pane = () => document.getElementById('pane');
const isOpen = () => !pane().hidden;

function onClick(event) {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest('[data-pane-close]')) {
    event.preventDefault();
    history.back();
    return;
  }
  const link = event.target.closest('a[data-pane]');
  if (link) {
    event.preventDefault();
    open(link);
  } else if (isOpen() && narrow.matches && !pane().contains(event.target)) {
    history.back();
  }
}

async function open(link) {
  if (!pane().contains(link)) opener = link;
  if (!(await show(link.href))) return;
  const act = isOpen() && history.state?.pane ? 'replaceState' : 'pushState';
  history[act]({ pane: link.href }, '');
}

// show fetches the page at url and puts its main part into the pane; it
// follows the link instead when the answer is not a page of ours.
async function show(url) {
  let answer;
  try {
    answer = await fetch(url, { headers: { 'HX-Request': 'true', 'HX-Target': 'aside#pane', Accept: 'text/html' } });
  } catch {
    answer = null;
  }
  if (!answer || answer.redirected || !answer.headers.get('Content-Type')?.startsWith('text/html')) {
    location.href = url;
    return false;
  }
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const body = pane().querySelector('[data-pane-body]');
  body.replaceChildren(...(page.querySelector('main') ?? page.body).childNodes);
  pane().querySelector('[data-pane-full]').href = url;
  pane().hidden = false;
  document.querySelector('.app')?.classList.add('pane');
  mark();
  settle();
  htmx.process(body);
  pane().scrollTop = 0;
  pane().focus({ preventScroll: true });
  announce(body.querySelector('h1, h2')?.textContent ?? '');
  return true;
}

function close() {
  if (!isOpen()) return;
  pane().hidden = true;
  document.querySelector('.app')?.classList.remove('pane');
  settle();
  mark(true);
  opener?.focus();
  opener = null;
}

// mark shows which row is open.
function mark(none) {
  for (const row of document.querySelectorAll('[data-pane-row]')) {
    row.classList.remove('sel');
    row.removeAttribute('data-pane-row');
  }
  const row = none ? null : opener?.closest('tr, li');
  row?.classList.add('sel');
  row?.setAttribute('data-pane-row', '');
}

// settle makes the page beneath unreachable while the pane covers it.
function settle() {
  const covered = isOpen() && narrow.matches;
  for (const part of document.querySelectorAll('.app > :not(#pane)')) part.inert = covered;
}
