// The agents of this node, kept current by the `agents` address.

import { report } from './agent-report.js';
import { listAgents, serverNow } from './api.js';
import { byId, el, fill, given, setText, showNotice } from './dom.js';
import { ago, bytes, dateTime } from './format.js';

export class AgentsPanel {
  #list = byId('agents-list');
  #notice = byId('agents-notice');
  #count = byId('agents-count');
  #onPick;
  #onChange;
  #agents = [];

  /** `onPick(agent)`: somebody wants to run it. `onChange(agents)`: the list is another one. */
  constructor(onPick, onChange) {
    this.#onPick = onPick;
    this.#onChange = onChange;
  }

  async load() {
    try {
      const page = await listAgents();
      this.#agents = page.items;
      this.#render(Boolean(page.next_cursor));
      this.#onChange(this.#agents);
    } catch (error) {
      if (this.#agents.length === 0) showNotice(this.#notice, `The agents could not be loaded. ${error.message}`, 'bad');
    }
  }

  #render(more) {
    const empty = this.#agents.length === 0;
    showNotice(this.#notice, empty ? 'No agents yet. Upload a WebAssembly module to run it as a task.' : '');
    setText(this.#count, empty ? '' : `${this.#agents.length}${more ? '+' : ''}`);
    if (empty) byId('upload').open = true;
    fill(this.#list, this.#agents.map((agent) => this.#row(agent)));
  }

  #row(agent) {
    const facts = [agent.size_bytes === undefined ? null : bytes(agent.size_bytes), ago(agent.created_at, serverNow())];
    return el('li', { class: 'row' },
      el('div', { class: 'row-text' },
        el('span', { class: 'row-title' }, given(agent.name)),
        agent.description ? el('span', { class: 'row-note' }, given(agent.description)) : null,
        el('span', { class: 'row-facts', title: dateTime(agent.created_at) }, facts.filter(Boolean).join(' \u00b7 ')),
        report(agent)),
      el('button', {
        type: 'button', class: 'button quiet small', 'aria-label': `Run ${agent.name}`, on: { click: () => this.#onPick(agent) },
      }, 'Run'));
  }
}
