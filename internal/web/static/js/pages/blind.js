// A slip's code, scanned with the address, is exchanged for a blind token before
// it is used: the browser blinds a random number and has it signed for the code
// (RSA blind signatures, RFC 9474). Nobody can tell later which slip became
// which answer. Where this cannot be done the code itself is sent: unlinked,
// not blind.
import { RSABSSA } from '@cloudflare/blindrsa-ts';

const suite = RSABSSA.SHA384.PSS.Randomized();
const toText = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));

const place = document.querySelector('[data-blind]');
const field = place?.querySelector('[name=token]');
if (field?.value && field.value.length < 40 && globalThis.crypto?.subtle) exchange(field.value).catch(() => {});

async function exchange(code) {
  const kept = `gurindam-kupon-survei ${code}`;
  const key = await crypto.subtle.importKey('spki', toBytes(place.dataset.key), { name: 'RSA-PSS', hash: 'SHA-384' }, true, ['verify']);
  // A draft outlives a reload within this tab: the same message is signed again.
  const draft = JSON.parse(sessionStorage.getItem(kept)) ?? (await blind(key));
  sessionStorage.setItem(kept, JSON.stringify(draft));
  const answer = await fetch(place.dataset.blind, { method: 'POST', body: new URLSearchParams({ code, blinded: draft.blinded }), credentials: 'omit' });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const { signature } = await answer.json();
  const prepared = toBytes(draft.prepared);
  const finished = await suite.finalize(key, prepared, toBytes(signature), toBytes(draft.inverse));
  if (field.value !== code) return;
  field.value = toText(new Uint8Array([...prepared, ...finished]));
  field.readOnly = true;
  place.querySelector('#token-h').textContent = place.dataset.done;
  field.closest('form').addEventListener('submit', () => sessionStorage.removeItem(kept));
}

async function blind(key) {
  const prepared = suite.prepare(crypto.getRandomValues(new Uint8Array(32)));
  const { blindedMsg, inv } = await suite.blind(key, prepared);
  return { prepared: toText(prepared), blinded: toText(blindedMsg), inverse: toText(inv) };
}
