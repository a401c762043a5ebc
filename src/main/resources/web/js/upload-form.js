// Uploading a module: as a new agent, or as a version of one.

import { upload } from './api.js';
import { agentReport } from './agent-report.js';
import { el, fill, setText } from './dom.js';
import { bytes } from './format.js';

const PROMPT = 'Choose a .wasm file, or drop it here';

/**
 * The form. `agent`: the id of one that gets a version, or null for a new one. `onUploaded(agent)`: the server has accepted it. `around`: a part of the
 * page that takes a dropped file for the form, which is but a small target.
 */
export function uploadForm(agent, onUploaded, around = null) {
  let file = null;
  let nameIsOurs = true;
  const input = el('input', { type: 'file', id: 'upload-file', accept: '.wasm,application/wasm', 'aria-label': 'Module, a .wasm file' });
  const fileName = el('span', { class: 'drop-text' }, PROMPT);
  const drop = el('label', { class: 'drop' }, input, fileName);
  const name = el('input', { type: 'text', id: 'upload-name', autocomplete: 'off', spellcheck: 'false', maxlength: '128' });
  const description = el('input', { type: 'text', id: 'upload-description', autocomplete: 'off', maxlength: '500' });
  const submit = el('button', { type: 'submit', class: 'button primary', id: 'upload-submit' }, 'Upload');
  const progress = el('progress', { class: 'progress', max: '1', value: '0', hidden: true, 'aria-label': 'Upload' });
  const status = el('p', { class: 'form-status', role: 'status', id: 'upload-status' });
  const outcome = el('div', { class: 'upload-outcome', id: 'upload-outcome' });

  const say = (message, kind = 'plain') => {
    status.dataset.kind = kind;
    setText(status, message);
  };
  const take = (chosen) => {
    if (!chosen) return;
    file = chosen;
    setText(fileName, `${file.name} \u00b7 ${bytes(file.size)}`);
    drop.dataset.chosen = 'true';
    say('');
    fill(outcome);
    if (nameIsOurs) name.value = nameFrom(file.name);
  };
  const refuse = (message, field) => {
    say(message, 'bad');
    field.focus();
  };
  const send = async () => {
    if (!file) return refuse('Choose a .wasm file first.', input);
    if (!agent && !name.value.trim()) return refuse('Give the agent a name.', name);
    submit.disabled = true;
    progress.hidden = false;
    progress.value = 0;
    say('Uploading\u2026');
    try {
      const accepted = await upload(
        { file, name: agent ? '' : name.value.trim(), description: agent ? '' : description.value.trim(), agent },
        (part) => {
          progress.value = part;
          if (part === 1) say('Checking and compiling the module\u2026');
        },
      );
      file = null;
      nameIsOurs = true;
      form.reset();
      delete drop.dataset.chosen;
      setText(fileName, PROMPT);
      say(`Uploaded ${accepted.name ?? `version ${accepted.version}`}.`, 'good');
      fill(outcome, agentReport(accepted, true));
      onUploaded(accepted);
    } catch (error) {
      say(error.message, 'bad');
    } finally {
      submit.disabled = false;
      progress.hidden = true;
    }
  };

  const form = el('form', { class: 'form', novalidate: true, on: { submit: (event) => { event.preventDefault(); send(); } } },
    drop,
    agent ? null : el('label', { class: 'field' }, el('span', { class: 'label' }, 'Name'), name),
    agent ? null : el('label', { class: 'field' },
      el('span', { class: 'label' }, 'Description ', el('span', { class: 'optional' }, 'optional')), description),
    el('div', { class: 'buttons' }, submit), progress, status, outcome);
  input.addEventListener('change', () => take(input.files[0]));
  name.addEventListener('input', () => { nameIsOurs = name.value === ''; });
  const zone = around ?? form;
  zone.addEventListener('dragover', (event) => {
    if (event.dataTransfer.types.includes('Files')) drop.dataset.over = 'true';
  });
  for (const kind of ['dragleave', 'drop']) zone.addEventListener(kind, () => delete drop.dataset.over);
  zone.addEventListener('drop', (event) => take(event.dataTransfer.files[0]));
  return form;
}

// Names are letters, digits, dot, dash and underscore, and start with a letter or digit.
function nameFrom(fileName) {
  return fileName.replace(/\.wasm$/i, '').replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '').slice(0, 128);
}
