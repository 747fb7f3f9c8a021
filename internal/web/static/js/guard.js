// Loses nothing: warns before leaving a form with unsaved changes (data-guard)
// and sends a form only once when the button is pressed twice.
const dirty = new Set();
const sent = new WeakMap();

document.addEventListener('input', (event) => {
  const form = event.target.form;
  if (form?.hasAttribute('data-guard')) dirty.add(form);
});

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post') return;
  if (Date.now() - (sent.get(form) ?? 0) < 1500) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  sent.set(form, Date.now());
  dirty.delete(form);
}, true);

// What htmx could not deliver is still unsaved.
document.addEventListener('htmx:error', (event) => {
  const form = event.target.closest?.('form[data-guard]');
  if (form) dirty.add(form);
});

window.addEventListener('beforeunload', (event) => {
  if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
});
window.addEventListener('pageshow', () => dirty.clear());

// A select in a form with data-auto (filters above a table) applies at once.
document.addEventListener('change', (event) => {
  if (event.target.matches('select, input[type=date], input[type=checkbox]') && event.target.form?.hasAttribute('data-auto')) {
    event.target.form.requestSubmit();
  }
});
