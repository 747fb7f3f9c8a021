// Copying a list field by field: data-copy-next copies the next field of
// data-copy-list and stays focused, so that Enter copies the one after it;
// data-copy-back goes one back.
import { announce, toast } from './live.js';
import { word } from './words.js';

const button = document.querySelector('[data-copy-next]');
const items = [...document.querySelectorAll('[data-copy-list] [data-copy-item]')];
let next = 0;

function show() {
  items.forEach((item, i) => item.classList.toggle('copied', i < next));
  items.forEach((item, i) => item.classList.toggle('sel', i === next));
  const text = button.querySelector('span');
  text.textContent = next < items.length ? `${button.dataset.next}: ${items[next].dataset.label}` : button.dataset.done;
  const count = document.querySelector('[data-copy-count]');
  if (count) count.textContent = `${next} / ${items.length}`;
  items[Math.min(next, items.length - 1)].scrollIntoView({ block: 'center', behavior: 'instant' });
}

async function copy() {
  if (next >= items.length) return;
  const field = items[next].querySelector('input, textarea');
  try {
    await navigator.clipboard.writeText(field.value);
    announce(`${items[next].dataset.label}: ${word('copied')}`); // seen as its check mark and the count
  } catch {
    field.select();
    toast(word('uncopied'));
  }
  next += 1;
  show();
}

if (button && items.length > 0) {
  button.addEventListener('click', copy);
  document.querySelector('[data-copy-back]')?.addEventListener('click', () => {
    next = Math.max(0, next - 1);
    show();
    button.focus();
  });
}
