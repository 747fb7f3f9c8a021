// Tokens of feedback rounds. The browser blinds a random number, has it signed
// and keeps what comes out: the server cannot tell later whose it was
// (RSA blind signatures, RFC 9474). Without this script, or where the browser
// offers no cryptography, the form posts and the server makes an unlinked token.
import { RSABSSA } from '@cloudflare/blindrsa-ts';

const suite = RSABSSA.SHA384.PSS.Randomized();
const kept = (round) => `gurindam-kupon-${round}`;
const drafted = (round) => `gurindam-kupon-${round}-buram`;

const toText = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const join = (a, b) => new Uint8Array([...a, ...b]);

for (const form of document.querySelectorAll('[data-coupon-draw]')) {
  if (crypto.subtle) form.addEventListener('submit', draw);
}
for (const place of document.querySelectorAll('[data-coupon-kept]')) show(place);
for (const form of document.querySelectorAll('[data-coupon-spend]')) fill(form);
for (const place of document.querySelectorAll('[data-coupon-spent]')) localStorage.removeItem(kept(place.dataset.round));

async function draw(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const button = form.querySelector('button');
  const failed = form.querySelector('[data-coupon-error]');
  button.disabled = true;
  failed.hidden = true;
  try {
    const { round, group } = form.dataset;
    const key = await crypto.subtle.importKey('spki', toBytes(form.dataset.key), { name: 'RSA-PSS', hash: 'SHA-384' }, true, ['verify']);
    const draft = await blind(round, key);
    const signature = await sign(form.action, draft.blinded);
    const finished = await suite.finalize(key, toBytes(draft.prepared), signature, toBytes(draft.inverse));
    localStorage.setItem(kept(round), `${group}.${toText(join(toBytes(draft.prepared), finished))}`);
    localStorage.removeItem(drafted(round));
    location.reload();
  } catch {
    failed.textContent = form.dataset.failed;
    failed.hidden = false;
    button.disabled = false;
  }
}

// blind makes the message and its blinding, or takes up those of an attempt
// whose answer was lost: the server signs the same message again.
async function blind(round, key) {
  const before = localStorage.getItem(drafted(round));
  if (before) return JSON.parse(before);
  const prepared = suite.prepare(crypto.getRandomValues(new Uint8Array(32)));
  const { blindedMsg, inv } = await suite.blind(key, prepared);
  const draft = { prepared: toText(prepared), blinded: toText(blindedMsg), inverse: toText(inv) };
  localStorage.setItem(drafted(round), JSON.stringify(draft));
  return draft;
}

async function sign(address, blinded) {
  const answer = await fetch(address, { method: 'POST', body: new URLSearchParams({ blinded }) });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const { signature } = await answer.json();
  return toBytes(signature);
}

// show puts the token this browser keeps on the page.
function show(place) {
  const coupon = localStorage.getItem(kept(place.dataset.round));
  const here = place.querySelector('[data-coupon-here]');
  here.hidden = !coupon;
  place.querySelector('[data-coupon-away]').hidden = Boolean(coupon);
  if (!coupon) return;
  here.querySelector('[data-coupon-text]').value = coupon;
  here.querySelector('[data-coupon-save]').addEventListener('click', (event) => save(coupon, event.currentTarget.dataset.couponSave));
  here.querySelector('[data-coupon-forget]').addEventListener('submit', (event) => {
    event.preventDefault();
    localStorage.removeItem(kept(place.dataset.round));
    location.reload();
  });
}

function save(coupon, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([coupon], { type: 'text/plain' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

// fill puts the kept token into the form, unless something stands there.
function fill(form) {
  const coupon = localStorage.getItem(kept(form.dataset.round));
  const field = form.querySelector('[name=kupon]');
  if (!coupon || field.value) return;
  field.value = coupon;
  form.querySelector('[data-coupon-filled]').hidden = false;
}
