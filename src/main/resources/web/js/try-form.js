// A form to run an agent with an input: text, JSON that is checked, or a file.

import { submitTask } from './api.js';
import { el, setText } from './dom.js';
import { bytes } from './format.js';
import { newKey } from './parts.js';

const LARGEST_INPUT = 1 << 20;

/** `onSubmitted(task)`: the server has accepted it. */
export function tryForm(agentId, onSubmitted) {
  let unanswered = null;
  let file = null;
  const kinds = ['Text', 'JSON', 'File'].map((name, index) => el('label', { class: 'choice' },
    el('input', { type: 'radio', name: 'input-kind', value: name, checked: index === 0 }), name));
  const text = el('textarea', { id: 'try-input', rows: '6', spellcheck: 'false', 'aria-label': 'Input' });
  const chosen = el('input', { type: 'file', id: 'try-file', 'aria-label': 'Input file', hidden: true });
  const hint = el('p', { class: 'hint', id: 'try-hint' }, 'It reaches the program on its standard input.');
  const args = el('textarea', { id: 'try-args', rows: '2', spellcheck: 'false' });
  const query = el('input', { type: 'text', id: 'try-query', autocomplete: 'off', maxlength: '200' });
  const submit = el('button', { type: 'submit', class: 'button primary', id: 'try-submit' }, 'Run');
  const status = el('p', { class: 'form-status', role: 'status' });

  const kind = () => kinds.map((choice) => choice.firstChild).find((radio) => radio.checked).value;
  const hintAt = (message, bad) => {
    setText(hint, message);
    hint.dataset.kind = bad ? 'bad' : 'plain';
    submit.disabled = Boolean(bad);
  };
  const check = () => {
    text.hidden = kind() === 'File';
    chosen.hidden = kind() !== 'File';
    if (kind() === 'JSON' && text.value.trim()) {
      try {
        JSON.parse(text.value);
        hintAt('Valid JSON.');
      } catch (error) {
        hintAt(error.message, true);
      }
    } else if (kind() === 'File' && file) {
      hintAt(bytes(file.size), file.size > LARGEST_INPUT);
      if (file.size > LARGEST_INPUT) hintAt(`${bytes(file.size)}; an input may have ${bytes(LARGEST_INPUT)}.`, true);
    } else {
      hintAt('It reaches the program on its standard input.');
    }
  };
  const task = async () => {
    const made = { agent_id: agentId };
    if (kind() === 'JSON' && text.value.trim()) made.input = JSON.parse(text.value);
    if (kind() === 'Text' && text.value) made.input = text.value;
    if (kind() === 'File' && file) made.input_base64 = await base64(file);
    const lines = args.value.split('\n').filter((line) => line !== '');
    if (lines.length > 0) made.args = lines;
    if (query.value.trim()) made.query = query.value.trim();
    return made;
  };
  const send = async () => {
    if (submit.disabled) return;
    submit.disabled = true;
    setText(status, '');
    try {
      const made = await task();
      const body = JSON.stringify(made);
      // One that got no answer may have been accepted: the same again must not run twice, so it keeps its key.
      if (unanswered?.body !== body) unanswered = { body, key: newKey() };
      const accepted = await submitTask(made, unanswered.key);
      unanswered = null;
      onSubmitted(accepted);
    } catch (error) {
      if (error.status !== 0) unanswered = null;
      status.dataset.kind = 'bad';
      setText(status, error.message);
    } finally {
      submit.disabled = false;
    }
  };

  chosen.addEventListener('change', () => { [file] = chosen.files; check(); });
  const form = el('form', { class: 'form', novalidate: true, on: {
    submit: (event) => { event.preventDefault(); send(); },
    input: check,
    keydown: (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit(); },
  } },
  el('fieldset', { class: 'choices' }, el('legend', { class: 'label' }, 'Input'), kinds),
  text, chosen, hint,
  el('label', { class: 'field' },
    el('span', { class: 'label' }, 'Arguments ', el('span', { class: 'optional' }, 'one per line, optional')), args),
  el('label', { class: 'field' }, el('span', { class: 'label' }, 'Title ', el('span', { class: 'optional' }, 'optional')), query),
  el('div', { class: 'buttons' }, submit), status);
  return form;
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result.slice(reader.result.indexOf(',') + 1)));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
