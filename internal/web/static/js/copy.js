// Copy buttons: data-copy="text", or data-copy-from="#id" for a value or text.
import { toast } from './live.js';
import { word } from './words.js';

document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('[data-copy], [data-copy-from]');
  if (!button) return;
  const from = button.dataset.copyFrom && document.querySelector(button.dataset.copyFrom);
  const text = button.dataset.copy ?? from?.value ?? from?.innerText ?? '';
  try {
    await navigator.clipboard.writeText(text);
    toast(word('copied'));
  } catch {
    toast(word('uncopied'));
  }
});
