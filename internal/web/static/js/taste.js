// Larger letters, for as long as this device wants them; and of chips that are
// wider than a phone the current one in sight.
const root = document.documentElement;

function apply() {
  const large = localStorage.getItem('size') === 'large';
  if (large) root.dataset.size = 'large';
  else delete root.dataset.size;
  for (const button of document.querySelectorAll('[data-size-toggle]')) button.setAttribute('aria-pressed', String(large));
}

document.addEventListener('click', (event) => {
  if (!event.target.closest?.('[data-size-toggle]')) return;
  localStorage.setItem('size', root.dataset.size === 'large' ? '' : 'large');
  apply();
});
apply();

for (const chip of document.querySelectorAll('.chips [aria-current]')) {
  const row = chip.closest('.chips');
  row.scrollLeft = chip.offsetLeft - row.offsetLeft - (row.clientWidth - chip.offsetWidth) / 2;
}
