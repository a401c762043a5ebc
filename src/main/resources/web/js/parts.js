// Pieces that several pages are made of.

import { el, given, setText } from './dom.js';
import { ago, dateTime, duration, shortId } from './format.js';
import { apiKey, askAgain, bytesPath, getBytes, serverNow } from './api.js';
import { isTerminal } from './task-state.js';

const LABELS = {
  queued: 'Queued', running: 'Running', retrying: 'Retrying', completed: 'Completed', failed: 'Failed', cancelled: 'Cancelled',
};

export const STATUSES = Object.keys(LABELS);

export const FAILURE_KINDS = ['exit', 'trap', 'timeout', 'memory_exceeded', 'output_exceeded', 'rejected', 'lost', 'cancelled'];

export function statusLabel(status) {
  return LABELS[status] ?? status;
}

export function badge(status) {
  return el('span', { class: 'badge', 'data-status': status }, statusLabel(status));
}

/** The heading of a page, with what can be done there beside it. */
export function heading(title, ...beside) {
  return el('div', { class: 'page-head' }, el('h1', {}, title), beside);
}

export function card(title, ...content) {
  return el('section', { class: 'card' }, title ? el('h2', { class: 'card-title' }, title) : null, content);
}

/** What there is instead of a list: `text` says what would be here. */
export function empty(title, ...text) {
  return el('div', { class: 'empty' }, el('p', { class: 'empty-title' }, title), el('p', {}, text));
}

export function loading() {
  return el('p', { class: 'empty loading', role: 'status' }, 'Loading\u2026');
}

/** Something that could not be had, and the way to ask again. */
export function failure(error, again) {
  return el('div', { class: 'notice', 'data-kind': 'bad', role: 'alert' }, el('p', {}, given(error.message)),
    again ? el('button', { type: 'button', class: 'button quiet', on: { click: () => { askAgain(); again(); } } }, 'Try again') : null);
}

/** Names and values; pairs without a value are left out. */
export function facts(pairs) {
  return el('dl', { class: 'facts' }, pairs
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => el('div', { class: 'fact', 'data-key': name }, el('dt', {}, name), el('dd', {}, value))));
}

export function moment(instant) {
  return el('time', { class: 'ago', datetime: instant, title: dateTime(instant) }, ago(instant, serverNow()));
}

/** Lets the ages on the page grow. */
export function age() {
  for (const shown of document.querySelectorAll('time.ago')) setText(shown, ago(shown.dateTime, serverNow()));
}

/** What a task is called: its title, else its agent and the end of its id. */
export function taskName(task) {
  return given(task.query || `${task.agent_name ?? 'task'} ${shortId(task.task_id ?? task.id)}`);
}

/** How long a task has run, or waited. */
export function taskTook(task) {
  if (!task.started_at) return null;
  const end = isTerminal(task.status) ? Date.parse(task.finished_at) : serverNow();
  return task.status === 'running' || isTerminal(task.status) ? duration(end - Date.parse(task.started_at)) : null;
}

/** A key that makes a submission safe to repeat. crypto.randomUUID exists only in secure contexts, which a node on a local network is not. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A link that downloads a part of a task. A link cannot carry an API key: where there is one, the page fetches the bytes. */
export function download(task, part, name) {
  return el('a', { href: bytesPath(task, part), download: name, on: { click: async (event) => {
    if (!apiKey()) return;
    event.preventDefault();
    const fetched = URL.createObjectURL(new Blob([await getBytes(task, part)]));
    el('a', { href: fetched, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(fetched), 60_000);
  } } }, 'Download');
}

/** Text onto the clipboard, and a word of it on the button. */
export function copyButton(text, label = 'Copy') {
  const button = el('button', { type: 'button', class: 'button quiet small' }, label);
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = 'Copied';
    } catch {
      button.textContent = 'Select and copy it';
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  });
  return button;
}
