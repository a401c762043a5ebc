// One output stream of a task: grows while the task runs, and is replaced by the stored result at its end.

import { el, fill, setText } from './dom.js';
import { bytes } from './format.js';
import { Terminal } from './terminal.js';
import { view } from './value-view.js';

// More than a screen ever shows; beyond it the oldest lines leave, and the download has them all.
const MOST_NODES = 5_000;
const encoder = new TextEncoder();

export class OutputPane {
  #stream;
  #text = el('pre', { class: 'output-text', tabindex: '0', role: 'region' });
  #value = el('div', { class: 'output-value', hidden: true });
  #facts = el('span', { class: 'output-facts' });
  #note = el('p', { class: 'output-note', hidden: true });
  #raw = el('span', { class: 'output-raw', hidden: true });
  #terminal = new Terminal();
  #pending = [];
  #frame = 0;
  #next = 0;
  #alwaysShown;

  /** `alwaysShown`: an empty pane says so instead of hiding. */
  constructor(stream, alwaysShown) {
    this.#stream = stream;
    this.#alwaysShown = alwaysShown;
    this.#text.setAttribute('aria-label', stream);
    this.root = el('section', { class: 'output', 'data-stream': stream },
      el('div', { class: 'output-head' }, el('h3', {}, stream), this.#facts, this.#raw), this.#note, this.#text, this.#value);
    this.reset('');
  }

  /** Empties the pane; `placeholder` is shown until something comes. */
  reset(placeholder) {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#pending = [];
    this.#next = 0;
    this.#terminal.reset();
    fill(this.#text);
    fill(this.#value);
    this.#value.hidden = true;
    this.#text.hidden = false;
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
    if (size === 0 || chunk.offset < this.#next) return;
    if (chunk.offset > this.#next) {
      this.#say('The task writes faster than is told live; its result will have everything.');
      this.#pending.push('\n\u2026\n');
    }
    this.#next = chunk.offset + size;
    this.#pending.push(raw ? new TextDecoder().decode(raw) : chunk.text);
    this.root.hidden = false;
    // A task can write thousands of small chunks a second; the page draws them once a frame.
    if (!this.#frame) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  /** Shows what is stored: `{text, base64, link}`. */
  complete({ text, base64, link }) {
    const wasAtEnd = this.#atEnd();
    const scroll = this.#text.scrollTop;
    const raw = base64 ? Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)) : encoder.encode(text ?? '');
    this.reset('No output');
    if (raw.length > 0) {
      setText(this.#facts, bytes(raw.length));
      fill(this.#raw, link);
      this.#raw.hidden = false;
      this.root.hidden = false;
      const special = view(base64 ? null : text, raw);
      if (special) fill(this.#value, special);
      this.#value.hidden = !special;
      this.#text.hidden = Boolean(special);
      if (!special) fill(this.#text, this.#terminal.nodes(text));
    }
    this.#text.scrollTop = wasAtEnd ? this.#text.scrollHeight : scroll;
  }

  #draw() {
    this.#frame = 0;
    const follow = this.#atEnd();
    this.#text.append(...this.#terminal.nodes(this.#pending.join('')));
    this.#pending = [];
    while (this.#text.childNodes.length > MOST_NODES) this.#text.firstChild.remove();
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
