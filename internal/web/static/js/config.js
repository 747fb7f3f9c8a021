// htmx reads its configuration while it loads, so this module comes first.
// No style element (the content policy forbids it), no other origin, and Back
// asks the server again: nothing of a page is kept on a shared machine.
const meta = document.createElement('meta');
meta.name = 'htmx-config';
meta.content = JSON.stringify({
  includeIndicatorCSS: false,
  history: 'reload',
  mode: 'same-origin',
  defaultTimeout: 30000,
});
document.head.append(meta);
