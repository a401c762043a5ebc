// Uploading an agent: a module file and a name.

import { uploadAgent } from './api.js';
import { byId, setText } from './dom.js';
import { bytes } from './format.js';

const PROMPT = 'Choose a .wasm file, or drop it here';

export class UploadForm {
  #form = byId('upload-form');
  #drop = byId('upload-drop');
  #input = byId('upload-file');
  #name = byId('upload-name');
  #description = byId('upload-description');
  #submit = byId('upload-submit');
  #status = byId('upload-status');
  #file = null;
  #nameIsOurs = true;
  #onUploaded;

  /** `onUploaded(agent)` is called when the server has accepted one. */
  constructor(onUploaded) {
    this.#onUploaded = onUploaded;
    this.#input.addEventListener('change', () => this.#take(this.#input.files[0]));
    this.#name.addEventListener('input', () => { this.#nameIsOurs = this.#name.value === ''; });
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send();
    });
    byId('upload').addEventListener('toggle', () => {
      if (byId('upload').open) this.#say('');
    });
    this.#acceptDrops();
  }

  #acceptDrops() {
    // A file dropped beside the target must not make the browser leave the page for it.
    for (const kind of ['dragover', 'drop']) addEventListener(kind, (event) => event.preventDefault());
    this.#drop.addEventListener('dragover', () => { this.#drop.dataset.over = 'true'; });
    for (const kind of ['dragleave', 'drop']) this.#drop.addEventListener(kind, () => delete this.#drop.dataset.over);
    this.#drop.addEventListener('drop', (event) => this.#take(event.dataTransfer.files[0]));
  }

  #take(file) {
    if (!file) return;
    this.#file = file;
    setText(byId('upload-file-name'), `${file.name} \u00b7 ${bytes(file.size)}`);
    this.#drop.dataset.chosen = 'true';
    this.#say('');
    if (this.#nameIsOurs) this.#name.value = nameFrom(file.name);
  }

  async #send() {
    const name = this.#name.value.trim();
    if (!this.#file) return this.#refuse('Choose a .wasm file first.', this.#input);
    if (!name) return this.#refuse('Give the agent a name.', this.#name);
    this.#submit.disabled = true;
    this.#say('Uploading and checking the module\u2026');
    try {
      const agent = await uploadAgent(this.#file, name, this.#description.value.trim());
      this.#clear();
      this.#say(`Uploaded ${agent.name}.${warnings(agent)}`, 'good');
      byId('upload').open = false;
      this.#onUploaded(agent);
    } catch (error) {
      this.#say(error.message, 'bad');
    } finally {
      this.#submit.disabled = false;
    }
  }

  #refuse(message, field) {
    this.#say(message, 'bad');
    field.focus();
  }

  #clear() {
    this.#form.reset();
    this.#file = null;
    this.#nameIsOurs = true;
    delete this.#drop.dataset.chosen;
    setText(byId('upload-file-name'), PROMPT);
  }

  #say(message, kind = 'plain') {
    this.#status.dataset.kind = kind;
    setText(this.#status, message);
  }
}

function warnings({ report }) {
  return (report?.warnings ?? []).map((warning) => ` Note: ${warning}.`).join('');
}

// Names are letters, digits, dot, dash and underscore, and start with a letter or digit.
function nameFrom(fileName) {
  return fileName.replace(/\.wasm$/i, '').replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '').slice(0, 128);
}
