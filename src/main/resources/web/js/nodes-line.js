// How busy the nodes are, in one line: each tells it once a second on the `queue` address.

import { byId, setText } from './dom.js';

// A node that has not been heard of for this long is left out.
const FORGET_AFTER_MS = 5_000;

export class NodesLine {
  #line = byId('nodes');
  #heard = new Map();

  constructor() {
    setInterval(() => this.#show(), 1_000);
  }

  receive(status) {
    this.#heard.set(status.node, { status, at: performance.now() });
    this.#show();
  }

  #show() {
    const now = performance.now();
    for (const [node, { at }] of this.#heard) if (now - at > FORGET_AFTER_MS) this.#heard.delete(node);
    const nodes = [...this.#heard.values()].map(({ status }) => status);
    setText(this.#line, nodes.length === 0 ? '' : summary(nodes));
  }
}

function summary(nodes) {
  const sum = (of) => nodes.reduce((total, status) => total + of(status), 0);
  // The queue is shared: every node reports the same one.
  const waiting = Math.max(...nodes.map((status) => status.queued));
  const parts = [`${sum((s) => s.busy)} of ${sum((s) => s.slots)} workers busy`, `${waiting} waiting`];
  if (nodes.length > 1) parts.push(`${nodes.length} nodes`);
  return parts.join(' \u00b7 ');
}
