// Keys: "/" goes to the search of the page, else to the search of the city;
// Ctrl+Enter sends the form one is writing in.
document.addEventListener('keydown', (event) => {
  const writing = event.target.closest?.('input, textarea, select, [contenteditable]');
  if (event.key === '/' && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = document.querySelector('main input[type=search]') ?? document.querySelector('[data-search]');
    if (!search) return;
    event.preventDefault();
    if (search.matches('a')) search.click();
    else search.focus();
  }
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && writing?.form) {
    event.preventDefault();
    writing.form.requestSubmit();
  }
});
