// Text as a terminal shows it: colours of ANSI escape sequences, everything else of them left out. What a program writes becomes text nodes
// and elements with classes of ours, never markup.

import { el } from './dom.js';

// CSI sequences, OSC sequences up to their end, and other two-byte escapes; an unfinished one at the end waits for the rest.
const ESCAPE = /\u001b(?:\[([0-9;:?<=>]*)[ -/]*([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[ -Z\\^_`-~])/g;
const UNFINISHED = /\u001b(?:\[[0-9;:?<=>]*[ -/]*|\][^\u0007\u001b]{0,4096}\u001b?)?$/;
// Control characters have no glyph; tabs and line ends are meant.
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

export class Terminal {
  #style = plain();
  #rest = '';

  /** Starts anew, in plain style. */
  reset() {
    this.#style = plain();
    this.#rest = '';
  }

  /** The nodes that show the next piece of text. */
  nodes(text) {
    const all = this.#rest + text;
    const unfinished = UNFINISHED.exec(all);
    const whole = unfinished ? all.slice(0, unfinished.index) : all;
    this.#rest = unfinished ? unfinished[0] : '';
    const nodes = [];
    let from = 0;
    for (const escape of whole.matchAll(ESCAPE)) {
      this.#add(nodes, whole.slice(from, escape.index));
      if (escape[2] === 'm') this.#apply(escape[1]);
      from = escape.index + escape[0].length;
    }
    this.#add(nodes, whole.slice(from));
    return nodes;
  }

  #add(nodes, text) {
    const shown = text.replace(/\r\n?/g, '\n').replace(CONTROLS, '');
    if (!shown) return;
    const classes = Object.entries(this.#style).filter(([, value]) => value !== null && value !== false)
      .map(([name, value]) => (value === true ? `t-${name}` : `t-${name}-${value}`));
    nodes.push(classes.length > 0 ? el('span', { class: classes.join(' ') }, shown) : document.createTextNode(shown));
  }

  // Select Graphic Rendition, ECMA-48 8.3.117: the sixteen colours; of the others the nearest is not worth its code.
  #apply(parameters) {
    const codes = parameters.split(/[;:]/).map(Number);
    for (let i = 0; i < codes.length; i += 1) {
      const code = codes[i];
      if (code === 0) this.#style = plain();
      else if (code === 1) this.#style.bold = true;
      else if (code === 2) this.#style.dim = true;
      else if (code === 3) this.#style.italic = true;
      else if (code === 4) this.#style.underline = true;
      else if (code === 7) this.#style.inverse = true;
      else if (code === 22) Object.assign(this.#style, { bold: false, dim: false });
      else if (code === 23) this.#style.italic = false;
      else if (code === 24) this.#style.underline = false;
      else if (code === 27) this.#style.inverse = false;
      else if (code >= 30 && code <= 37) this.#style.fg = code - 30;
      else if (code === 39) this.#style.fg = null;
      else if (code >= 40 && code <= 47) this.#style.bg = code - 40;
      else if (code === 49) this.#style.bg = null;
      else if (code >= 90 && code <= 97) this.#style.fg = code - 90 + 8;
      else if (code >= 100 && code <= 107) this.#style.bg = code - 100 + 8;
      else if (code === 38 || code === 48) {
        const indexed = codes[i + 1] === 5;
        if (indexed && codes[i + 2] < 16) this.#style[code === 38 ? 'fg' : 'bg'] = codes[i + 2];
        i += indexed ? 2 : 4;
      }
    }
  }
}

function plain() {
  return { bold: false, dim: false, italic: false, underline: false, inverse: false, fg: null, bg: null };
}
