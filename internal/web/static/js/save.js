// Saves a chart as an SVG file of its own: the styles it has on the page are
// written into the copy, so that it looks the same in a report.
const kept = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'font-family', 'font-size', 'font-weight', 'text-anchor'];

document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-save-chart]');
  const svg = button?.closest('figure')?.querySelector('svg');
  if (!svg) return;
  const box = svg.getBoundingClientRect();
  const copy = svg.cloneNode(true);
  const originals = svg.querySelectorAll('*');
  copy.querySelectorAll('*').forEach((element, i) => {
    const style = getComputedStyle(originals[i]);
    for (const name of kept) element.setAttribute(name, style.getPropertyValue(name));
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', Math.round(box.width));
  copy.setAttribute('height', Math.round(box.height));
  const url = URL.createObjectURL(new Blob([copy.outerHTML], { type: 'image/svg+xml' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: `${button.dataset.saveChart || 'chart'}.svg` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
});
