// A long form one question a screen on a phone: <form data-steps> with
// <fieldset data-step> in it; data-steps="always" on every screen. Without JavaScript, or on a wide screen, all
// questions stand in one page and are sent the same way.
const phone = matchMedia('(max-width: 760px)');

function start(form) {
  const steps = [...form.querySelectorAll('[data-step]')];
  let at = Math.max(0, steps.findIndex((step) => step.querySelector('[aria-invalid=true]')));
  const always = form.dataset.steps === 'always';
  const part = (name) => form.querySelector(`[data-step-${name}]`);

  function draw(move) {
    const one = always || phone.matches;
    const last = at === steps.length - 1;
    steps.forEach((step, i) => { step.hidden = one && i !== at; });
    part('back').hidden = !one || at === 0;
    part('next').hidden = !one || last;
    part('send').hidden = one && !last;
    const bar = document.querySelector('.prog');
    bar?.querySelectorAll('i').forEach((piece, i) => piece.classList.toggle('d', !one || i <= at));
    const count = document.querySelector('[data-step-count]');
    if (count) {
      count.hidden = !one;
      count.textContent = count.dataset.stepCount.replace('{0}', at + 1).replace('{1}', steps.length);
    }
    if (move) steps[at].querySelector('input, textarea, select')?.focus();
  }

  function next() {
    const wrong = steps[at].querySelector(':invalid:not(fieldset)');
    if (wrong) wrong.reportValidity();
    else { at += 1; draw(true); }
  }

  form.addEventListener('click', (event) => {
    if (event.target.closest('[data-step-next]')) { event.preventDefault(); next(); }
    if (event.target.closest('[data-step-back]')) { event.preventDefault(); at -= 1; draw(true); }
  });
  form.addEventListener('reset', () => { at = 0; draw(false); });
  phone.addEventListener('change', () => draw(false));
  draw(false);
}

document.querySelectorAll('form[data-steps]').forEach(start);
