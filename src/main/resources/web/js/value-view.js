// What bytes are, for people: a JSON document as a tree that opens and closes, other text as it is, anything else in hex.

import { el } from './dom.js';
import { bytes } from './format.js';

// Beyond this a tree takes longer to build than anybody reads it.
const LARGEST_TREE = 256 * 1024;
const MOST_CHILDREN = 500;
const HEX_ROWS = 256;
const ROW = 16;

/** An element that shows the bytes better than plain text does, or null. `text` is null for bytes that are none. */
export function view(text, raw) {
  if (text === null) return hex(raw);
  if (raw.length <= LARGEST_TREE && /^\s*[[{]/.test(text)) {
    try {
      return el('div', { class: 'json', role: 'region', 'aria-label': 'JSON', tabindex: '0' }, tree(JSON.parse(text), null, 0));
    } catch {
      return null;
    }
  }
  return null;
}

function tree(value, name, depth) {
  const label = name === null ? null : el('span', { class: 'json-name' }, `${name}: `);
  if (value === null || typeof value !== 'object') {
    const kind = value === null ? 'null' : typeof value;
    return el('div', { class: 'json-leaf' }, label, el('bdi', { class: `json-${kind}` }, JSON.stringify(value)));
  }
  const entries = Array.isArray(value) ? value.map((each, index) => [index, each]) : Object.entries(value);
  const brackets = Array.isArray(value) ? '[]' : '{}';
  if (entries.length === 0) return el('div', { class: 'json-leaf' }, label, brackets);
  const children = entries.slice(0, MOST_CHILDREN).map(([key, each]) => tree(each, key, depth + 1));
  if (entries.length > MOST_CHILDREN) children.push(el('div', { class: 'json-leaf' }, `\u2026 ${entries.length - MOST_CHILDREN} more`));
  return el('details', { class: 'json-node', open: depth < 3 },
    el('summary', {}, label, `${brackets[0]} ${entries.length} ${brackets[1]}`), children);
}

function hex(raw) {
  const rows = [];
  for (let at = 0; at < Math.min(raw.length, HEX_ROWS * ROW); at += ROW) {
    const row = raw.subarray(at, at + ROW);
    const digits = Array.from(row, (byte) => byte.toString(16).padStart(2, '0'));
    const shown = Array.from(row, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    rows.push(`${at.toString(16).padStart(8, '0')}  ${digits.slice(0, 8).join(' ').padEnd(23)}  ${digits.slice(8).join(' ').padEnd(23)}  ${shown}`);
  }
  const rest = raw.length - HEX_ROWS * ROW;
  if (rest > 0) rows.push(`\u2026 ${bytes(rest)} more: download to see all`);
  return el('pre', { class: 'hex', tabindex: '0', role: 'region', 'aria-label': 'Bytes' }, rows.join('\n'));
}
