// Submitting a task.

import { submitTask } from './api.js';
import { byId, el, fill, setText } from './dom.js';

export class TaskForm {
  #form = byId('task-form');
  #agent = byId('task-agent');
  #input = byId('task-input');
  #args = byId('task-args');
  #query = byId('task-query');
  #submit = byId('task-submit');
  #status = byId('task-status');
  #onSubmitted;
  #unanswered = null;

  /** `onSubmitted(task)` is called when the server has accepted one. */
  constructor(onSubmitted) {
    this.#onSubmitted = onSubmitted;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#form.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.#form.requestSubmit();
    });
    this.offer([]);
  }

  /** The agents to choose from; the choice stays where it still exists. */
  offer(agents) {
    const chosen = this.#agent.value;
    fill(this.#agent, agents.length === 0
      ? el('option', { value: '' }, 'No agents yet')
      : agents.map((agent) => el('option', { value: agent.id }, agent.name)));
    if (agents.some((agent) => agent.id === chosen)) this.#agent.value = chosen;
    this.#agent.disabled = agents.length === 0;
    this.#submit.disabled = agents.length === 0;
  }

  /** Chooses an agent and goes to the input. */
  choose(agent) {
    this.#agent.value = agent.id;
    this.#input.focus();
  }

  async #send() {
    if (this.#submit.disabled) return;
    this.#submit.disabled = true;
    this.#say('');
    try {
      const task = this.#task();
      const accepted = await submitTask(task, this.#keyFor(task));
      this.#unanswered = null;
      this.#onSubmitted(accepted);
    } catch (error) {
      if (error.status !== 0) this.#unanswered = null;
      this.#say(error.message, 'bad');
    } finally {
      this.#submit.disabled = this.#agent.disabled;
    }
  }

  #task() {
    const task = { agent_id: this.#agent.value };
    if (this.#input.value) task.input = this.#input.value;
    const args = this.#args.value.split('\n').filter((line) => line !== '');
    if (args.length > 0) task.args = args;
    if (this.#query.value.trim()) task.query = this.#query.value.trim();
    return task;
  }

  // One that got no answer may have been accepted: the same again must not run twice, so it keeps its key.
  #keyFor(task) {
    const body = JSON.stringify(task);
    if (this.#unanswered?.body !== body) this.#unanswered = { body, key: newKey() };
    return this.#unanswered.key;
  }

  #say(message, kind = 'plain') {
    this.#status.dataset.kind = kind;
    setText(this.#status, message);
  }
}

// crypto.randomUUID exists only in secure contexts, which a node on a local network is not.
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
