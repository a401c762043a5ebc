// The newest tasks, kept current by the `queue` address.

import { listTasks, serverNow } from './api.js';
import { byId, el, fill, given, setText, showNotice } from './dom.js';
import { ago, dateTime, duration, shortId } from './format.js';
import { isTerminal, newer, withUpdate } from './task-state.js';
import { statusLabel } from './task-track.js';

const PAGE = 15;
const AGES_EVERY_MS = 5_000;
// Bursts of new tasks ask for the list again and again: once in this time is enough.
const RELOAD_EVERY_MS = 700;

export class TaskList {
  #list = byId('recent-list');
  #notice = byId('recent-notice');
  #more = byId('recent-more');
  #agentName;
  #tasks = new Map();
  #rows = new Map();
  #shown = PAGE;
  #cursor = null;
  #selected = null;
  #reloadTimer = 0;
  #loaded = false;

  /** `agentName(task)` gives the name to show for a task's agent. */
  constructor(agentName) {
    this.#agentName = agentName;
    this.#more.addEventListener('click', () => this.#older());
    setInterval(() => this.#showAges(), AGES_EVERY_MS);
  }

  async load() {
    try {
      const page = await listTasks(PAGE);
      if (!this.#loaded || this.#shown === PAGE) this.#cursor = page.next_cursor ?? null;
      this.#loaded = true;
      this.#merge(page.items);
    } catch (error) {
      if (!this.#loaded) showNotice(this.#notice, `The tasks could not be loaded. ${error.message}`, 'bad');
    }
  }

  /** A message of the `queue` address. */
  receive(message) {
    const known = this.#tasks.get(message.task_id);
    if (message.type === 'task_update' && known) {
      this.#set(withUpdate(known, message));
    } else {
      this.#reloadTimer ||= setTimeout(() => {
        this.#reloadTimer = 0;
        this.load();
      }, RELOAD_EVERY_MS);
    }
  }

  /** A task that the page learned of elsewhere. */
  put(task) {
    const known = this.#tasks.get(task.task_id);
    const fresh = known ? newer(known, task) : task;
    if (known) this.#set(fresh);
    else if (!this.#isOlderThanShown(task)) this.#merge([task]);
  }

  select(id) {
    this.#selected = id;
    for (const [rowId, row] of this.#rows) markCurrent(row.link, rowId === id);
  }

  /** Shows names that became known later. */
  refreshNames() {
    for (const task of this.#tasks.values()) this.#rows.get(task.task_id)?.show(task);
  }

  async #older() {
    this.#more.disabled = true;
    try {
      const page = await listTasks(PAGE, this.#cursor);
      this.#cursor = page.next_cursor ?? null;
      this.#shown += PAGE;
      this.#merge(page.items);
    } catch (error) {
      showNotice(this.#notice, error.message, 'bad');
    } finally {
      this.#more.disabled = false;
    }
  }

  // Ids are UUIDv7: their order is the order of submission, newest last.
  #merge(tasks) {
    for (const task of tasks) {
      const known = this.#tasks.get(task.task_id);
      this.#tasks.set(task.task_id, known ? newer(known, task) : task);
    }
    const kept = [...this.#tasks.values()].sort((a, b) => (a.task_id < b.task_id ? 1 : -1)).slice(0, this.#shown);
    this.#tasks = new Map(kept.map((task) => [task.task_id, task]));
    this.#render(kept);
  }

  #isOlderThanShown(task) {
    const oldest = [...this.#tasks.keys()].at(-1);
    return this.#tasks.size >= this.#shown && oldest !== undefined && task.task_id < oldest;
  }

  #set(task) {
    this.#tasks.set(task.task_id, task);
    this.#rows.get(task.task_id)?.show(task);
  }

  // Rows are kept and moved, not rebuilt: focus and the reader's place survive.
  #render(tasks) {
    const rows = new Map();
    for (const task of tasks) {
      const row = this.#rows.get(task.task_id) ?? new TaskRow(task.task_id, (t) => this.#agentName(t));
      row.show(task);
      markCurrent(row.link, task.task_id === this.#selected);
      rows.set(task.task_id, row);
    }
    for (const [id, row] of this.#rows) if (!rows.has(id)) row.root.remove();
    let place = this.#list.firstElementChild;
    for (const row of rows.values()) {
      if (row.root === place) place = place.nextElementSibling;
      else this.#list.insertBefore(row.root, place);
    }
    this.#rows = rows;
    showNotice(this.#notice, tasks.length === 0 ? 'No tasks yet.' : '');
    this.#more.hidden = !this.#cursor;
  }

  #showAges() {
    if (!document.hidden) for (const row of this.#rows.values()) row.showAge();
  }
}

class TaskRow {
  #agentName;
  #badge = el('span', { class: 'badge' });
  #title = el('span', { class: 'row-title' });
  #facts = el('span', { class: 'row-facts' });
  #age = el('span', { class: 'row-age' });
  #task = null;

  constructor(id, agentName) {
    this.#agentName = agentName;
    this.link = el('a', { class: 'row-link', href: `#task/${id}` },
      this.#badge, el('span', { class: 'row-text' }, this.#title, this.#facts), this.#age);
    this.root = el('li', { class: 'row' }, this.link);
  }

  show(task) {
    this.#task = task;
    this.#badge.dataset.status = task.status;
    setText(this.#badge, statusLabel(task.status));
    const agent = this.#agentName(task);
    const title = task.query || agent;
    if (this.#title.textContent !== title) fill(this.#title, given(title));
    fill(this.#facts, [task.query ? given(agent) : null, shortId(task.task_id), took(task)]
      .filter(Boolean).flatMap((fact, index) => (index === 0 ? [fact] : [' \u00b7 ', fact])));
    this.showAge();
  }

  showAge() {
    if (!this.#task.created_at) return;
    setText(this.#age, ago(this.#task.created_at, serverNow()));
    this.#age.title = dateTime(this.#task.created_at);
  }
}

function took(task) {
  if (!isTerminal(task.status) || !task.started_at || !task.finished_at) return null;
  return duration(Date.parse(task.finished_at) - Date.parse(task.started_at));
}

function markCurrent(link, current) {
  if (current) link.setAttribute('aria-current', 'true');
  else link.removeAttribute('aria-current');
}
