// The few words JavaScript needs stand on the page in the reader's language:
// <div id="words" data-copied="…" …>, written by ui.Live.
export function word(name) {
  return document.getElementById('words')?.dataset[name] ?? '';
}
