// Asks before what cannot be undone: data-confirm on a form, a button or a
// link, hx-confirm on whatever htmx sends. The dialog stands on the page
// (ui.Live); without it, or without JavaScript, the server's own checks hold.
import { word } from './words.js';

const sure = new WeakSet();

// ask resolves to true when the reader says yes.
function ask({ text, title, yes, danger }) {
  const dialog = document.getElementById('confirm');
  if (!dialog?.showModal) return Promise.resolve(true);
  dialog.querySelector('h2').textContent = title || word('confirm');
  dialog.querySelector('p').textContent = text;
  const button = dialog.querySelector('[value=yes]');
  button.textContent = yes || word('yes');
  button.classList.toggle('no', danger);
  button.classList.toggle('go', !danger);
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}

function question(element) {
  return {
    text: element.dataset.confirm,
    title: element.dataset.confirmTitle,
    yes: element.dataset.confirmYes || element.textContent.trim().slice(0, 60),
    danger: element.classList.contains('no'),
  };
}

document.addEventListener('submit', async (event) => {
  const form = event.target;
  const asker = [event.submitter, form].find((e) => e?.dataset?.confirm);
  if (!asker || sure.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const asked = question(asker);
  if (asker === form) asked.yes = form.dataset.confirmYes || event.submitter?.textContent.trim();
  if (await ask(asked)) {
    sure.add(form);
    form.requestSubmit(event.submitter);
  }
}, true);

document.addEventListener('click', async (event) => {
  const link = event.target.closest?.('a[data-confirm]');
  if (!link) return;
  event.preventDefault();
  if (await ask(question(link))) location.href = link.href;
}, true);

document.addEventListener('htmx:confirm', async (event) => {
  const { ctx, issueRequest, dropRequest } = event.detail;
  event.preventDefault();
  if (await ask({ text: ctx.confirm, yes: ctx.sourceElement.dataset.confirmYes })) issueRequest();
  else dropRequest();
});
