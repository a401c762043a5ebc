// A list of tasks that keeps itself current by the `queue` address.

import { el, redraw } from './dom.js';
import { badge, moment, taskName, taskTook } from './parts.js';
import { newer, withUpdate } from './task-state.js';

export class TaskRows {
  #rows = new Map();
  #onSelect;
  root = el('ul', { class: 'rows tasks' });

  /** `onSelect(id, selected)`: rows have boxes to tick. */
  constructor(onSelect = null) {
    this.#onSelect = onSelect;
  }

  /** The tasks in the order given; `add`: after those that are there. */
  show(tasks, { add = false, selected = new Set() } = {}) {
    const before = this.#rows;
    this.#rows = new Map(add ? before : []);
    for (const task of tasks) {
      if (this.#rows.has(task.task_id)) continue;
      const row = before.get(task.task_id) ?? this.#make(task, selected);
      row.task = newer(row.task, task);
      this.#rows.set(task.task_id, row);
      this.#draw(row);
    }
    redraw(this.root, Array.from(this.#rows.values(), ({ item }) => item));
  }

  /** A message of the queue. Returns whether it is about a task that is not in the list. */
  receive(message) {
    if (message.type !== 'task_update') return false;
    const row = this.#rows.get(message.task_id);
    if (!row) return true;
    const task = withUpdate(row.task, message);
    if (task !== row.task) {
      row.task = task;
      this.#draw(row);
    }
    return false;
  }

  get ids() {
    return [...this.#rows.keys()];
  }

  tick(selected) {
    for (const box of this.root.querySelectorAll('input[type="checkbox"]')) box.checked = selected.has(box.value);
  }

  #make(task, selected) {
    const cells = el('a', { class: 'row-link', href: `/tasks/${encodeURIComponent(task.task_id)}` });
    return { task, cells, item: el('li', { class: 'row' }, this.#box(task, selected), cells) };
  }

  #box(task, selected) {
    if (!this.#onSelect) return null;
    return el('input', {
      type: 'checkbox', value: task.task_id, checked: selected.has(task.task_id), 'aria-label': `Select ${task.query ?? task.task_id}`,
      on: { change: (event) => this.#onSelect(task.task_id, event.target.checked) },
    });
  }

  #draw({ task, cells }) {
    const took = taskTook(task);
    redraw(cells, badge(task.status),
      el('span', { class: 'row-text' }, el('span', { class: 'row-title' }, taskName(task)),
        el('span', { class: 'row-note' }, [task.query ? task.agent_name : null, task.failure?.kind, task.attempt > 1 ? `attempt ${task.attempt}` : null, took]
          .filter(Boolean).join(' \u00b7 '))),
      el('span', { class: 'row-age' }, moment(task.created_at)));
  }
}
