// A task's way from left to right: queued, running, its end.

import { el } from './dom.js';
import { time } from './format.js';
import { isTerminal } from './task-state.js';

const LABELS = {
  queued: 'Queued', running: 'Running', retrying: 'Retrying', completed: 'Completed', failed: 'Failed', cancelled: 'Cancelled',
};

export function statusLabel(status) {
  return LABELS[status] ?? status;
}

/** The three steps as a list; the current one is marked for assistive technology too. */
export function track(task) {
  const ended = isTerminal(task.status);
  const ran = Boolean(task.started_at) || task.attempt > 0;
  const middle = task.status === 'retrying' ? 'retrying' : 'running';
  const end = ended ? task.status : 'completed';
  return el('ol', { class: 'track' },
    step('queued', task.status === 'queued' ? 'current' : 'done', task.created_at),
    step(middle, middleState(task, ended, ran), task.started_at),
    step(end, ended ? 'current' : 'todo', ended ? task.finished_at : null));
}

function middleState(task, ended, ran) {
  if (task.status === 'running' || task.status === 'retrying') return 'current';
  if (ended) return ran ? 'done' : 'skipped';
  return 'todo';
}

function step(status, state, at) {
  return el('li', {
    class: 'step', 'data-state': state, 'data-status': status, 'aria-current': state === 'current' ? 'step' : null,
  }, el('span', { class: 'step-dot', 'aria-hidden': 'true' }),
  el('span', { class: 'step-label' }, statusLabel(status)),
  el('span', { class: 'step-time' }, at && state !== 'todo' && state !== 'skipped' ? time(at) : '\u2013'));
}
