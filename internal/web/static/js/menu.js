// On a phone the whole menu opens by its address (#menu, see phone.css); this
// adds Escape and puts the focus where the eye goes.
window.addEventListener('hashchange', () => {
  if (location.hash === '#menu') document.querySelector('#menu .shut')?.focus();
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && location.hash === '#menu') {
    location.hash = '';
    document.querySelector('.rail .more a')?.focus();
  }
});
