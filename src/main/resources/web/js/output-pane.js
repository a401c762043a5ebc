// One output stream of a task: grows while the task runs, and is replaced by the stored result at its end.

import { el, setText } from './dom.js';
import { bytes } from './format.js';

const encoder = new TextEncoder();

export class OutputPane {
  #stream;
  #text = el('pre', { class: 'output-text', tabindex: '0' });
  #facts = el('span', { class: 'output-facts' });
  #note = el('p', { class: 'output-note', hidden: true });
  #raw = el('a', { class: 'output-raw', hidden: true, download: '' }, 'Download');
  #pending = [];
  #frame = 0;
  #next = 0;
  #alwaysShown;

  /** `alwaysShown`: an empty pane says so instead of hiding. */
  constructor(stream, alwaysShown) {
    this.#stream = stream;
    this.#alwaysShown = alwaysShown;
    this.#text.setAttribute('role', 'region');
    this.#text.setAttribute('aria-label', stream);
    this.root = el('section', { class: 'output', 'data-stream': stream },
      el('div', { class: 'output-head' }, el('h3', {}, stream), this.#facts, this.#raw), this.#note, this.#text);
    this.reset('');
  }

  /** Empties the pane; `placeholder` is shown until something comes. */
  reset(placeholder) {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#pending = [];
    this.#next = 0;
    this.#text.replaceChildren();
    this.#text.dataset.placeholder = placeholder;
    this.#note.hidden = true;
    this.#raw.hidden = true;
    setText(this.#facts, '');
    this.root.hidden = !this.#alwaysShown;
  }

  /** Changes what an empty pane says. */
  expect(placeholder) {
    this.#text.dataset.placeholder = placeholder;
  }

  /** Adds a live chunk `{offset, text}` or `{offset, base64}`; offsets are bytes from the start of the stream. */
  append(chunk) {
    const raw = chunk.base64 === undefined ? null : Uint8Array.from(atob(chunk.base64), (c) => c.charCodeAt(0));
    const size = raw ? raw.length : encoder.encode(chunk.text).length;
    if (chunk.offset < this.#next) return;
    if (chunk.offset > this.#next) this.#say('Earlier output is shown when the task ends.');
    this.#next = chunk.offset + size;
    this.#pending.push(raw ? new TextDecoder().decode(raw) : chunk.text);
    this.root.hidden = false;
    // A task can write thousands of small chunks a second; the page draws them once a frame.
    if (!this.#frame) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  /** Shows what is stored: `{text, base64, href}`. */
  complete({ text, base64, href }) {
    const wasAtEnd = this.#atEnd();
    const scroll = this.#text.scrollTop;
    const binary = text === null || text === undefined;
    const size = binary ? Math.floor((base64 ?? '').length * 3 / 4) : encoder.encode(text).length;
    this.reset(binary && size > 0 ? 'The output is not text.' : 'No output');
    if (!binary) this.#text.textContent = text;
    if (size > 0) {
      setText(this.#facts, bytes(size));
      this.#raw.href = href;
      this.#raw.hidden = false;
      this.root.hidden = false;
    }
    this.#text.scrollTop = wasAtEnd ? this.#text.scrollHeight : scroll;
  }

  #draw() {
    this.#frame = 0;
    const follow = this.#atEnd();
    this.#text.append(this.#pending.join(''));
    this.#pending = [];
    setText(this.#facts, bytes(this.#next));
    if (follow) this.#text.scrollTop = this.#text.scrollHeight;
  }

  // Follows the end unless the reader scrolled away from it.
  #atEnd() {
    return this.#text.scrollHeight - this.#text.scrollTop - this.#text.clientHeight < 24;
  }

  #say(message) {
    setText(this.#note, message);
    this.#note.hidden = false;
  }
}
