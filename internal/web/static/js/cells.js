// Several cells of a spreadsheet pasted at once: inside a form with data-cells
// the text falls over the fields to the right and below the one it was pasted
// into. Without JavaScript each field takes what is typed into it.
function rowsOf(text) {
  const rows = [[]];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (quoted && c === '"' && text[i + 1] === '"') { cell += '"'; i += 1; }
    else if (c === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (!quoted && c === '\t') { rows.at(-1).push(cell); cell = ''; }
    else if (!quoted && c === '\n') { rows.at(-1).push(cell); rows.push([]); cell = ''; }
    else if (c !== '\r') cell += c;
  }
  rows.at(-1).push(cell);
  return rows.filter((row) => row.some((value) => value.trim() !== ''));
}

document.addEventListener('paste', (event) => {
  const field = event.target.closest('form[data-cells] textarea');
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (!field || !text.includes('\t')) return;
  event.preventDefault();
  const lines = [...field.form.querySelectorAll('tbody tr')];
  const line = lines.indexOf(field.closest('tr'));
  const place = [...lines[line].querySelectorAll('td')].indexOf(field.closest('td'));
  rowsOf(text).forEach((row, i) => row.forEach((value, k) => {
    const into = lines[line + i]?.querySelectorAll('td')[place + k]?.querySelector('textarea');
    if (into) into.value = value.trim();
  }));
  field.dispatchEvent(new Event('input', { bubbles: true }));
});
