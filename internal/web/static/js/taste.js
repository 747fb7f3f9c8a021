// Larger letters, for as long as this device wants them.
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
