// One task in full: its way through the states, its facts and its output, live.

import { cancelTask, getResult, getTask } from './api.js';
import { byId, el, fill, given, setText } from './dom.js';
import { OutputPane } from './output-pane.js';
import { attempts, facts } from './task-facts.js';
import { isTerminal, newer, withUpdate } from './task-state.js';
import { statusLabel, track } from './task-track.js';

const TICK_MS = 250;

export class TaskPanel {
  #bridge;
  #agentName;
  #onChange;
  #title = byId('task-title');
  #badge = byId('task-badge');
  #cancel = byId('task-cancel');
  #body = byId('task-body');
  #overview = el('div', {});
  #problem = el('p', { class: 'notice', hidden: true, role: 'status' });
  #panes = { stdout: new OutputPane('stdout', true), stderr: new OutputPane('stderr', false) };
  #id = null;
  #task = null;
  #result = null;
  #early = [];
  #outputOf = 0;
  #stopListening = () => {};

  /** `agentName(id)` gives the name to show for an agent; `onChange(task)` is called with each newer state. */
  constructor(bridge, agentName, onChange) {
    this.#bridge = bridge;
    this.#agentName = agentName;
    this.#onChange = onChange;
    this.#cancel.addEventListener('click', () => this.#requestCancel());
    setInterval(() => this.#tick(), TICK_MS);
    this.show(null);
  }

  /** Shows the task with this id, or what to do when there is none. */
  show(id) {
    if (id === this.#id && id !== null) return;
    this.#stopListening();
    this.#id = id;
    this.#task = null;
    this.#result = null;
    this.#early = [];
    this.#outputOf = 0;
    this.#renderHead();
    if (id === null) {
      fill(this.#body, el('p', { class: 'notice' }, 'Run a task, or choose one below, to watch it here.'));
      return;
    }
    this.#say('');
    fill(this.#overview, el('p', { class: 'notice' }, 'Loading\u2026'));
    fill(this.#body, this.#overview, this.#problem, this.#panes.stdout.root, this.#panes.stderr.root);
    this.#clearOutput('');
    // Listen first, then ask: no change can fall between the two.
    this.#stopListening = this.#bridge.listen(`tasks.${id}`, (message) => this.#receive(id, message));
    this.load();
  }

  /** Asks the server for the task shown; also what mends the page after a lost connection. */
  async load() {
    const id = this.#id;
    if (id === null || (this.#task && this.#result)) return;
    try {
      const task = await getTask(id);
      if (id !== this.#id) return;
      this.#say('');
      const current = this.#early.reduce(withUpdate, this.#task ? newer(this.#task, task) : task);
      this.#early = [];
      this.#take(current);
    } catch (error) {
      if (id !== this.#id) return;
      if (!this.#task) fill(this.#overview);
      this.#say(error.status === 404 ? 'There is no task with this id.' : error.message, 'bad');
    }
  }

  #receive(id, message) {
    if (id !== this.#id) return;
    switch (message.type) {
      case 'task_update':
        if (this.#task) this.#take(withUpdate(this.#task, message));
        else this.#early.push(message);
        break;
      case 'task_output':
        if (this.#result) break;
        this.#beginOutput(message.attempt);
        if (message.attempt === this.#outputOf) this.#panes[message.stream]?.append(message);
        break;
    }
  }

  // States and output come from different parts of the node: either may be the first to tell of a new attempt.
  #beginOutput(attempt) {
    if (attempt <= this.#outputOf) return;
    this.#outputOf = attempt;
    this.#clearOutput('');
  }

  #take(task) {
    const before = this.#task;
    if (task === before) return;
    this.#task = task;
    this.#beginOutput(task.attempt);
    this.#renderHead();
    this.#renderOverview();
    this.#placeholder();
    this.#onChange(task);
    if (isTerminal(task.status)) this.#finish(task, before);
  }

  // The stored result is the truth; what streamed in was a preview of it.
  async #finish(task, before) {
    try {
      // A live message has no attempts: they are asked for once, at the end.
      const [result, full] = await Promise.all([this.#resultOf(task), before ? getTask(task.task_id) : task]);
      if (task.task_id !== this.#id) return;
      this.#task = newer(this.#task, full);
      this.#result = result;
      this.#renderOverview();
      this.#showResult(result);
    } catch (error) {
      if (task.task_id === this.#id) this.#say(`The result could not be loaded. ${error.message}`, 'bad');
    }
  }

  async #resultOf(task) {
    try {
      return await getResult(task.task_id);
    } catch (error) {
      // One that was cancelled may have left no result: what streamed in is all there is.
      if (error.status === 404 || error.status === 409) return {};
      throw error;
    }
  }

  #showResult(result) {
    if (!('stdout' in result)) {
      this.#panes.stdout.expect('No output');
      return;
    }
    for (const [stream, pane] of Object.entries(this.#panes)) {
      pane.complete({
        text: result[stream],
        base64: result[`${stream}_base64`],
        href: `/api/v1/tasks/${encodeURIComponent(this.#id)}/${stream}`,
      });
    }
  }

  async #requestCancel() {
    const id = this.#id;
    this.#cancel.disabled = true;
    setText(this.#cancel, 'Cancelling\u2026');
    try {
      await cancelTask(id);
    } catch (error) {
      if (id !== this.#id) return;
      this.#say(error.message, 'bad');
      this.#resetCancel();
    }
    // The live update, or the next load, shows how it ended.
    if (id === this.#id && !this.#bridge.open) this.load();
  }

  #renderHead() {
    const task = this.#task;
    fill(this.#title, task ? given(task.query || this.#agentName(task)) : 'Task');
    this.#badge.hidden = !task;
    const stoppable = Boolean(task) && !isTerminal(task.status);
    this.#cancel.hidden = !stoppable;
    if (!stoppable) this.#resetCancel();
    if (!task) return;
    this.#badge.dataset.status = task.status;
    setText(this.#badge, statusLabel(task.status));
  }

  #resetCancel() {
    this.#cancel.disabled = false;
    setText(this.#cancel, 'Cancel');
  }

  #renderOverview() {
    const task = this.#task;
    fill(this.#overview,
      track(task),
      reason(task, this.#result),
      facts(task, this.#result, this.#agentName(task)),
      attempts(task),
      this.#result?.truncated ? el('p', { class: 'reason', 'data-status': 'cut' }, 'The output reached its limit and was cut.') : null);
  }

  #placeholder() {
    const waiting = { queued: 'Waiting for a worker\u2026', running: 'Nothing written yet', retrying: 'Waiting to try again\u2026' };
    this.#panes.stdout.expect(waiting[this.#task.status] ?? '');
  }

  #clearOutput(placeholder) {
    for (const pane of Object.values(this.#panes)) pane.reset(placeholder);
  }

  #tick() {
    if (!this.#task || isTerminal(this.#task.status) || document.hidden) return;
    const selection = getSelection();
    // A redraw would drop what somebody is marking right now, such as the task's id.
    if (selection && !selection.isCollapsed && this.#overview.contains(selection.anchorNode)) return;
    this.#renderOverview();
  }

  #say(message, kind = 'plain') {
    this.#problem.hidden = !message;
    this.#problem.dataset.kind = kind;
    setText(this.#problem, message);
  }
}

function reason(task, result) {
  const message = task.failure?.message ?? result?.error ?? null;
  if (message && task.status !== 'cancelled') return el('p', { class: 'reason', 'data-status': task.status }, given(message));
  if (task.status === 'retrying' && task.message) return el('p', { class: 'reason', 'data-status': 'retrying' }, given(task.message));
  return null;
}
