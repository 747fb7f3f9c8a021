// File fields: a file can be dropped on the frame, and the names are shown.
const frame = (event) => event.target.closest?.('.drop');

for (const kind of ['dragenter', 'dragover']) {
  document.addEventListener(kind, (event) => {
    if (!frame(event)) return;
    event.preventDefault();
    frame(event).classList.add('over');
  });
}
document.addEventListener('dragleave', (event) => frame(event)?.classList.remove('over'));
document.addEventListener('drop', (event) => {
  const place = frame(event);
  if (!place) return;
  event.preventDefault();
  place.classList.remove('over');
  const input = place.querySelector('input[type=file]');
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
});
document.addEventListener('change', (event) => {
  const list = frame(event)?.querySelector('ul');
  if (!list || event.target.type !== 'file') return;
  refuseLarge(event.target);
  list.replaceChildren(...[...event.target.files].map((file) => {
    const item = document.createElement('li');
    item.textContent = `${file.name} · ${size(file.size)}`;
    return item;
  }));
});

// refuseLarge says at once that a file is too large (data-most, in bytes), so
// that nothing is sent in vain.
function refuseLarge(input) {
  const most = Number(input.dataset.most);
  const large = most > 0 && [...input.files].some((file) => file.size > most);
  input.setCustomValidity(large ? input.dataset.mostWords : '');
  if (large) input.reportValidity();
}

function size(bytes) {
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  return bytes < 1e6 ? `${number.format(bytes / 1e3)} kB` : `${number.format(bytes / 1e6)} MB`;
}
