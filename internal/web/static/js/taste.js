// Light or dark, and larger letters: kept in a cookie so that the server can
// write the next page right from its first byte.
document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-theme-toggle], [data-size-toggle]');
  if (!button) return;
  event.preventDefault();
  const root = document.documentElement;
  if (button.hasAttribute('data-theme-toggle')) {
    const dark = (root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
    keep('theme', dark ? 'light' : 'dark');
  } else {
    keep('size', root.dataset.size === 'large' ? '' : 'large');
    button.setAttribute('aria-pressed', String(root.dataset.size === 'large'));
  }
});

function keep(name, value) {
  const root = document.documentElement;
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
  document.cookie = `${name}=${value}; Path=/; Max-Age=${value ? 31536000 : 0}; SameSite=Lax`;
}
