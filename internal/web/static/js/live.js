// Says things aloud and shows them: toasts, and the thin bar while waiting.
import { word } from './words.js';

// announce lets a screen reader say text without moving the focus.
export function announce(text) {
  const live = document.getElementById('live');
  if (!live) return;
  live.textContent = '';
  setTimeout(() => { live.textContent = text; }, 50);
}

// toast shows text for a while, and announces it.
export function toast(text) {
  if (!text) return;
  announce(text);
  let box = document.querySelector('.toasts');
  if (!box) {
    box = document.createElement('div');
    box.className = 'toasts';
    document.body.append(box);
  }
  const item = document.createElement('div');
  item.className = 'toast';
  item.textContent = text;
  box.append(item);
  setTimeout(() => item.remove(), 6000);
}

let waiting = 0;
let bar;
let timer;

function wait(change) {
  waiting = Math.max(0, waiting + change);
  clearTimeout(timer);
  if (waiting === 0) bar?.remove();
  else timer = setTimeout(showBar, 300);
}

function showBar() {
  bar ??= Object.assign(document.createElement('div'), { className: 'busybar' });
  document.body.append(bar);
}

document.addEventListener('htmx:before:request', () => wait(+1));
document.addEventListener('htmx:finally:request', () => wait(-1));
document.addEventListener('htmx:error', () => toast(word('failed')));
// A server event may carry a sentence: HX-Trigger: {"say":{"value":"Tersimpan"}}
document.addEventListener('say', (event) => toast(event.detail?.value));
