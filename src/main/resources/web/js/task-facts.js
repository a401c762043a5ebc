// The facts of a task beside its output: agent, times, exit code, memory, attempts.

import { serverNow } from './api.js';
import { el, given } from './dom.js';
import { bytes, dateTime, duration } from './format.js';
import { isTerminal } from './task-state.js';

/** A definition list of what is known so far. `result` is null until the task has one. */
export function facts(task, result, agentName) {
  const rows = [
    ['Agent', given(agentName)],
    ['Submitted', task.created_at ? el('time', { datetime: task.created_at }, dateTime(task.created_at)) : null],
    ['Waited', waited(task, result)],
    ['Ran', ran(task, result)],
    ['Exit code', result?.exit_code ?? null],
    ['Memory peak', result?.memory_peak_bytes ? bytes(result.memory_peak_bytes) : null],
    ['Attempt', task.attempt > 1 ? task.attempt : null],
    ['Task id', el('code', { class: 'id' }, task.task_id)],
  ];
  return el('dl', { class: 'facts' }, rows
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => el('div', { class: 'fact' }, el('dt', {}, name), el('dd', {}, value))));
}

/** The attempts as a list, or null when there is nothing to tell: one attempt that went well is the task itself. */
export function attempts(task) {
  const list = task.attempts ?? [];
  if (list.length < 2) return null;
  return el('section', { class: 'attempts' }, el('h3', {}, 'Attempts'), el('ol', {}, list.map((attempt) => el('li', {},
    el('span', { class: 'attempt-no' }, `${attempt.attempt}`),
    el('span', { class: 'attempt-outcome' }, outcome(attempt)),
    el('span', { class: 'attempt-time' }, attemptTime(attempt))))));
}

function outcome(attempt) {
  if (attempt.failure) return attempt.failure.message ?? attempt.failure.kind;
  if (attempt.exit_code !== null && attempt.exit_code !== undefined) return `exit code ${attempt.exit_code}`;
  return attempt.finished_at ? 'ended' : 'running';
}

function waited(task, result) {
  if (result?.queue_ms !== null && result?.queue_ms !== undefined) return duration(result.queue_ms);
  if (task.status === 'queued' && task.created_at) return duration(serverNow() - Date.parse(task.created_at));
  return null;
}

function ran(task, result) {
  if (result?.duration_ms !== null && result?.duration_ms !== undefined) return duration(result.duration_ms);
  if (task.status === 'running' && task.started_at) return duration(serverNow() - Date.parse(task.started_at));
  return isTerminal(task.status) ? between(task.started_at, task.finished_at) : null;
}

function attemptTime({ duration_ms: ms, finished_at: end }) {
  return end && ms !== null && ms !== undefined ? duration(ms) : '';
}

function between(start, end) {
  return start && end ? duration(Date.parse(end) - Date.parse(start)) : null;
}
