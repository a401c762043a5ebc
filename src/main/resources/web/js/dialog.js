// Questions that have to be answered before anything else.

import { byId, el, fill } from './dom.js';

let asking = null;
let before = Promise.resolve();

/** Asks whether to go on. `go` names the button that does. */
export function confirm({ title, text, go, dangerous = false }) {
  return ask(title, [el('p', {}, text)], go, dangerous, () => true);
}

/** Asks for the node's API key; null when there is none to give. Who asks while it is asked shares the answer. */
export function askForKey(wasWrong) {
  asking ??= key(wasWrong).finally(() => { asking = null; });
  return asking;
}

async function key(wasWrong) {
  const field = el('input', { type: 'password', id: 'api-key', autocomplete: 'current-password', required: true });
  const text = wasWrong ? 'The node does not take this API key.' : 'This node answers only with its API key.';
  return await ask('API key', [
    el('p', {}, `${text} It is kept until you close this tab.`),
    el('label', { class: 'field' }, el('span', { class: 'label' }, 'Key'), field),
  ], 'Continue', false, () => field.value) || null;
}

// One at a time: a question that comes up while another is open waits for its answer.
function ask(...question) {
  before = before.then(() => show(...question));
  return before;
}

function show(title, content, go, dangerous, answer) {
  const dialog = byId('dialog');
  return new Promise((resolve) => {
    let answered = false;
    const form = el('form', { method: 'dialog', class: 'form', on: { submit: () => { answered = true; } } },
      el('h2', { id: 'dialog-title' }, title), content,
      el('div', { class: 'buttons' },
        el('button', { type: 'submit', class: `button ${dangerous ? 'danger' : 'primary'}` }, go),
        el('button', { type: 'button', class: 'button quiet', on: { click: () => dialog.close() } }, 'Not now')));
    fill(dialog, form);
    dialog.addEventListener('close', () => {
      resolve(answered ? answer() : false);
      // A key is not left lying about in the page.
      fill(dialog);
    }, { once: true });
    dialog.showModal();
  });
}
