// The members of the cluster.

import { getHealth, getQueue, serverNow } from '../api.js';
import { el, fill, given, redraw } from '../dom.js';
import { bytes, duration } from '../format.js';
import { empty, facts, failure, heading, loading } from '../parts.js';

const REFRESH_MS = 2_000;

export function nodesPage() {
  const list = el('div', { class: 'nodes-grid' }, loading());
  const parts = el('div', {});

  const drawNodes = ({ nodes }) => redraw(list, nodes.length > 0 ? nodes.map(node) : empty('No nodes', 'None has been heard of for five seconds.'));
  const drawParts = (health) => redraw(parts, el('section', { class: 'card' }, el('h2', { class: 'card-title' }, 'What this node needs'),
    el('ul', { class: 'rows' }, (health?.checks ?? []).map(check))));
  const load = () => {
    if (document.hidden) return;
    // Each by itself: what is down makes the other slow.
    getHealth().then(drawParts, () => {});
    getQueue().then(drawNodes, (error) => {
      if (!list.querySelector('.node') || error.status !== 0) fill(list, failure(error, load));
    });
  };
  const timer = setInterval(load, REFRESH_MS);
  load();
  return {
    title: 'Nodes',
    root: el('div', {}, heading('Nodes'), list, parts),
    leave: () => clearInterval(timer),
    refresh: load,
  };
}

function check({ name, status, message }) {
  return el('li', { class: 'row check' },
    el('span', { class: 'badge', 'data-status': status === 'up' ? 'completed' : 'failed' }, status),
    el('span', { class: 'row-text' }, el('span', { class: 'row-title' }, name), el('span', { class: 'row-note' }, given(message ?? ''))));
}

function node(member) {
  const slots = member.busy + member.idle;
  return el('section', { class: 'card node', 'data-key': member.node },
    el('div', { class: 'card-head' }, el('h2', {}, given(member.node)),
      el('span', { class: 'badge', 'data-status': member.stopping ? 'retrying' : 'completed' }, member.stopping ? 'stopping' : 'up')),
    el('div', { class: 'meters' },
      slots > 0 ? meter('Slots', member.busy, slots, `${member.busy} of ${slots} busy`) : null,
      member.memory_max_bytes ? meter('Heap', member.memory_used_bytes, member.memory_max_bytes,
        `${bytes(member.memory_used_bytes)} of ${bytes(member.memory_max_bytes)}`) : null),
    facts([
      ['Roles', member.roles?.join(', ')],
      ['Version', member.version ? given(member.version) : null],
      ['Up for', member.started_at ? duration(serverNow() - Date.parse(member.started_at)) : null],
      ['Last heartbeat', member.heartbeat_age_ms === undefined ? null : `${duration(member.heartbeat_age_ms)} ago`],
    ]));
}

function meter(name, value, most, words) {
  return el('label', { class: 'meter' }, el('span', { class: 'meter-name' }, name), el('meter', { min: '0', max: most, value }), el('span', { class: 'meter-words' }, words));
}
