// The agents: a list to search, and a place to drop a new one.

import { listAgents, withQuery } from '../api.js';
import { el, fill, given, redraw } from '../dom.js';
import { bytes } from '../format.js';
import { card, empty, failure, heading, loading, moment } from '../parts.js';
import { uploadForm } from '../upload-form.js';

const PAGE = 50;
const TYPING_MS = 200;

export function agentsPage(parameters, { bridge, go }) {
  let wanted = new URLSearchParams(location.search).get('q') ?? '';
  let asked = 0;
  let items = [];
  let cursor = null;
  let timer = 0;
  const search = el('input', { type: 'search', id: 'agent-search', placeholder: 'Search by name or description', 'aria-label': 'Search agents', value: wanted });
  const list = el('div', { class: 'list' }, loading());
  const more = el('button', { type: 'button', class: 'button quiet', hidden: true, on: { click: () => load(true) } }, 'Show more');

  const load = async (further = false) => {
    asked += 1;
    const now = asked;
    try {
      const page = await listAgents({ q: wanted, limit: PAGE, cursor: further ? cursor : '' });
      if (now !== asked) return;
      items = further ? [...items, ...page.items] : page.items;
      cursor = page.next_cursor;
      more.hidden = !cursor;
      redraw(list, items.length > 0 ? el('ul', { class: 'rows' }, items.map(row)) : nothing(wanted));
    } catch (error) {
      if (now === asked && (items.length === 0 || error.status !== 0)) fill(list, failure(error, () => load()));
    }
  };
  search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => go(withQuery('/agents', { q: search.value.trim() }), { replace: true }), TYPING_MS);
  });
  const leave = bridge.listen('agents', () => load());
  load();
  const root = el('div', {}, heading('Agents'));
  root.append(el('div', { class: 'split' },
    el('section', { class: 'card', 'aria-label': 'All agents' }, el('div', { class: 'filters' }, search), list, el('div', { class: 'more' }, more)),
    card('Upload an agent', el('p', { class: 'hint' }, 'A WebAssembly program for WASI preview 1, such as Go, C or Rust compile to. It is checked before it is kept.'),
      uploadForm(null, () => load(), root))));
  return {
    title: 'Agents',
    root,
    leave,
    refresh: () => load(),
    search: (query) => {
      wanted = query.get('q') ?? '';
      if (search.value.trim() !== wanted) search.value = wanted;
      load();
    },
  };
}

function row(agent) {
  return el('li', { class: 'row', 'data-key': agent.id }, el('a', { class: 'row-link', href: `/agents/${encodeURIComponent(agent.id)}` },
    el('span', { class: 'row-text' },
      el('span', { class: 'row-title' }, given(agent.name)),
      agent.description ? el('span', { class: 'row-note' }, given(agent.description)) : null),
    el('span', { class: 'row-facts' }, `v${agent.version}`, ' \u00b7 ', bytes(agent.size_bytes), ' \u00b7 ', moment(agent.updated_at))));
}

function nothing(wanted) {
  return wanted
    ? empty('No agent matches', `Nothing is named or described like \u201c${wanted}\u201d.`)
    : empty('No agents yet', 'Upload a WebAssembly module to run it as a task.');
}
