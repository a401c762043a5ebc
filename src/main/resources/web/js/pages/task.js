// One task in full: its way through attempts and nodes, its output as it is written, its result and its input.

import { apiKey, cancelTask, executeTask, getBytes, getResult, getTask, serverNow } from '../api.js';
import { confirm } from '../dialog.js';
import { el, fill, given, redraw, setText } from '../dom.js';
import { bytes, dateTime, duration, time } from '../format.js';
import { OutputPane } from '../output-pane.js';
import { badge, card, copyButton, download, empty, facts, failure, heading, loading, statusLabel, taskName } from '../parts.js';
import { isTerminal, newer, withUpdate } from '../task-state.js';
import { view } from '../value-view.js';

const TICK_MS = 250;
const LARGEST_SHOWN = 64 * 1024;

export function taskPage([id], { bridge, go, rename }) {
  let task = null;
  let result = null;
  let early = [];
  let outputOf = 0;
  let known = false;
  let ended = false;
  const head = el('div', {}, heading('Task'));
  const overview = el('div', {}, loading());
  const problem = el('div', {});
  const panes = { stdout: new OutputPane('stdout', true), stderr: new OutputPane('stderr', false) };
  const output = el('div', { class: 'card', hidden: true }, el('h2', { class: 'card-title' }, 'Output'), panes.stdout.root, panes.stderr.root);
  const input = el('div', {});
  const repeat = el('div', {});
  const aside = el('div', { class: 'stack', hidden: true }, card('Input', input), card('Repeat it', repeat));

  const load = async () => {
    if (task && result) return;
    try {
      const answer = await getTask(id);
      fill(problem);
      const current = early.reduce(withUpdate, task ? newer(task, answer) : answer);
      early = [];
      if (!known) {
        known = true;
        aside.hidden = false;
        showInput(answer);
      }
      take(current);
    } catch (error) {
      if (task) return fill(problem, failure(error, load));
      // What is no id at all is no task either.
      fill(overview, error.status === 404 || error.status === 400
        ? empty('There is no such task', el('a', { href: '/tasks' }, 'See all tasks'), '.')
        : failure(error, load));
    }
  };
  const receive = (message) => {
    if (message.type === 'task_update') {
      if (task) take(withUpdate(task, message));
      else early.push(message);
    } else if (message.type === 'task_output' && !result) {
      beginOutput(message.attempt);
      if (message.attempt === outputOf) panes[message.stream]?.append(message);
    }
  };
  // States and output come from different parts of the node: either may be the first to tell of a new attempt.
  const beginOutput = (attempt) => {
    if (attempt <= outputOf) return;
    outputOf = attempt;
    for (const pane of Object.values(panes)) pane.reset('');
  };
  const take = (next) => {
    const before = task;
    if (next === before) return;
    show(next);
    if (isTerminal(task.status)) finish(before);
    // A live message has no attempts.
    else if (before && task.attempts && task.status !== 'queued' && task.attempts.length < task.attempt) refreshAttempts();
  };
  const show = (next) => {
    task = next;
    output.hidden = false;
    beginOutput(task.attempt);
    drawHead();
    draw();
    const waiting = { queued: 'Waiting for a worker\u2026', running: 'Nothing written yet', retrying: 'Waiting to try again\u2026' };
    panes.stdout.expect(waiting[task.status] ?? 'No output');
  };
  const refreshAttempts = async () => {
    const full = await getTask(id).catch(() => null);
    if (!full || ended) return;
    // It may be ahead of the messages, which then tell nothing new.
    const next = newer(task, full);
    if (isTerminal(next.status)) take(next);
    else show(next);
  };
  // The stored result is the truth; what streamed in was a preview of it.
  const finish = async (before) => {
    if (ended) return;
    ended = true;
    try {
      const [stored, full] = await Promise.all([resultOf(), before ? getTask(id) : task]);
      task = newer(task, full);
      result = stored;
      drawHead();
      draw();
      for (const [stream, pane] of Object.entries(panes)) {
        pane.complete({ text: result[stream], base64: result[`${stream}_base64`], link: download(id, stream, `${id}.${stream}`) });
      }
    } catch (error) {
      ended = false;
      fill(problem, failure(error, () => finish(before)));
    }
  };
  const resultOf = async () => {
    try {
      return await getResult(id);
    } catch (error) {
      // One that was cancelled may have left no result: what streamed in is all there is.
      if (error.status === 404 || error.status === 409) return {};
      throw error;
    }
  };
  const drawHead = () => {
    rename(task.query || task.agent_name);
    const ended = isTerminal(task.status);
    redraw(head, heading(taskName(task), badge(task.status),
      ended ? null : el('button', { type: 'button', class: 'button quiet', id: 'task-cancel', disabled: task.cancel_requested, on: { click: cancel } },
        task.cancel_requested ? 'Cancelling\u2026' : 'Cancel'),
      task.status === 'running' ? null : el('button', { type: 'button', class: 'button quiet', id: 'task-execute', on: { click: execute } },
        ended ? 'Run again' : 'Run next')));
  };
  const draw = () => redraw(overview, reason(task, result), timeline(task), details(task, result));
  const cancel = async () => {
    try {
      await cancelTask(id);
      task = { ...task, cancel_requested: !isTerminal(task.status) };
      drawHead();
      if (!bridge.open) load();
    } catch (error) {
      fill(problem, failure(error));
    }
  };
  const execute = async () => {
    if (isTerminal(task.status) && !await confirm({ title: 'Run it again?', text: 'A new task gets the same input.', go: 'Run again' })) return;
    try {
      const made = await executeTask(id);
      if (made.task_id !== id) go(`/tasks/${made.task_id}`);
    } catch (error) {
      fill(problem, failure(error));
    }
  };
  const showInput = async (from) => {
    fill(repeat, command(from));
    try {
      const raw = await getBytes(id, 'input');
      fill(input, inputView(raw, id), from.args.length > 0
        ? [el('h3', {}, 'Arguments'), el('ul', { class: 'args' }, from.args.map((argument) => el('li', {}, el('code', {}, given(argument)))))] : null);
      fill(repeat, command(from, raw));
    } catch (error) {
      fill(input, failure(error, () => showInput(from)));
    }
  };

  // Listen first, then ask: no change can fall between the two.
  const stop = bridge.listen(`tasks.${id}`, receive);
  const ticker = setInterval(() => {
    if (!task || isTerminal(task.status) || document.hidden) return;
    const selection = getSelection();
    // A redraw would drop what somebody is marking right now, such as the task's id.
    if (selection && !selection.isCollapsed && overview.contains(selection.anchorNode)) return;
    for (const [name, value] of running(task)) {
      const shown = overview.querySelector(`[data-live="${name}"]`);
      if (shown) setText(shown, value);
    }
  }, TICK_MS);
  load();
  return {
    title: 'Task',
    root: el('div', {}, head, problem, el('div', { class: 'split even' },
      el('div', { class: 'stack' }, card(null, overview), output),
      aside)),
    leave: () => {
      stop();
      clearInterval(ticker);
    },
    refresh: load,
  };
}

function reason(task, result) {
  const message = task.failure?.message ?? result?.error ?? (task.status === 'retrying' ? task.message : null);
  return [
    message && task.status !== 'cancelled' ? el('p', { class: 'reason', 'data-status': task.status }, given(message)) : null,
    result?.truncated ? el('p', { class: 'reason', 'data-status': 'cut' }, 'The output reached its limit and was cut.') : null,
  ];
}

// Each attempt is two events: it starts on a node after waiting, and it ends somehow.
function timeline(task) {
  const steps = [step('queued', 'Submitted', task.created_at)];
  let due = task.created_at;
  for (const attempt of task.attempts ?? []) {
    steps.push(step('running', [`Attempt ${attempt.attempt} on `, given(attempt.node)], attempt.started_at, `waited ${between(due, attempt.started_at)}`));
    if (!attempt.finished_at) continue;
    const words = attempt.failure?.message ?? (attempt.exit_code === 0 ? 'exit code 0' : null);
    steps.push(step(attempt.status, statusLabel(attempt.status), attempt.finished_at,
      [`ran ${duration(attempt.duration_ms ?? 0)}`, words ? [', ', given(words)] : null]));
    due = attempt.finished_at;
  }
  const last = task.attempts?.at(-1);
  if (isTerminal(task.status) && last?.status !== task.status) steps.push(step(task.status, statusLabel(task.status), task.finished_at ?? task.updated_at));
  if (task.status === 'running' && !(last && !last.finished_at)) steps.push(step('running', `Attempt ${task.attempt}`, task.started_at));
  if (task.status === 'retrying' && task.run_at) steps.push(step('next', 'Next attempt', task.run_at));
  steps.at(-1).setAttribute('aria-current', 'step');
  return el('ol', { class: 'timeline', 'aria-label': 'What happened' }, steps);
}

function step(status, what, at, ...more) {
  return el('li', { class: 'step', 'data-status': status }, el('span', { class: 'step-dot', 'aria-hidden': 'true' }),
    el('span', { class: 'step-what' }, what), el('span', { class: 'step-more' }, ...more),
    at ? el('time', { class: 'step-time', datetime: at, title: dateTime(at) }, time(at)) : null);
}

function between(start, end) {
  return start && end ? duration(Math.max(0, Date.parse(end) - Date.parse(start))) : 'some time';
}

function running(task) {
  const since = task.status === 'running' ? task.started_at : task.created_at;
  const words = duration(serverNow() - Date.parse(since));
  return task.status === 'running' ? [['ran', words]] : [['waited', words]];
}

function details(task, result) {
  const live = (name) => (isTerminal(task.status) ? null : el('span', { 'data-live': name }, running(task).find(([is]) => is === name)?.[1] ?? ''));
  const of = (used, limit) => (used === null || used === undefined ? `up to ${limit}` : `${used} of ${limit}`);
  return facts([
    ['Agent', el('a', { href: `/agents/${encodeURIComponent(task.agent_id)}` }, given(task.agent_name))],
    ['Version', task.agent_version],
    ['Waited', task.status === 'queued' ? live('waited') : result?.queue_ms === undefined ? null : duration(result.queue_ms)],
    ['Ran', task.status === 'running' ? live('ran') : null],
    ['Time', of(result?.duration_ms === undefined ? null : duration(result.duration_ms), duration(task.timeout_ms))],
    ['Memory', of(result?.memory_peak_bytes ? bytes(result.memory_peak_bytes) : null, bytes(task.memory_bytes))],
    ['Exit code', result?.exit_code],
    ['Priority', task.priority],
    ['Retries', `${task.retries} of ${task.retry.max_retries}`],
    ['Run again of', task.rerun_of ? el('a', { href: `/tasks/${task.rerun_of}` }, 'another task') : null],
    ['Task id', el('code', { class: 'id' }, task.task_id)],
  ]);
}

function inputView(raw, id) {
  if (raw.length === 0) return el('p', { class: 'hint' }, 'Nothing on standard input.');
  const shown = raw.subarray(0, LARGEST_SHOWN);
  const text = textOf(shown);
  return [
    el('p', { class: 'hint' }, bytes(raw.length), raw.length > LARGEST_SHOWN ? ', of which this is the beginning ' : ' ',
      download(id, 'input', `${id}.input`)),
    view(text, shown) ?? el('pre', { class: 'output-text boxed', tabindex: '0', role: 'region', 'aria-label': 'Input' }, pictured(text)),
  ];
}

function textOf(raw) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(raw, { stream: true });
    return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

// Escape sequences of an input are its content, not its looks: control characters are written as on a terminal, such as ^[.
function pictured(text) {
  return text.replace(/[\u0000-\u0008\u000b-\u001f]/g, (control) => `^${String.fromCharCode(0x40 + control.charCodeAt(0))}`);
}

function command(task, raw) {
  const body = { agent_id: task.agent_id };
  const text = raw && raw.length > 0 ? textOf(raw) : '';
  const large = raw && raw.length > 4096;
  if (text && !large) body.input = text;
  if (task.args.length > 0) body.args = task.args;
  if (task.query) body.query = task.query;
  if (task.priority !== 'normal') body.priority = task.priority;
  body.timeout_ms = task.timeout_ms;
  body.memory_bytes = task.memory_bytes;
  const key = apiKey() ? ' -H "Authorization: Bearer $ZEROSTATE_API_KEY"' : '';
  const words = `curl -s '${location.origin}/api/v1/tasks?wait=30s'${key} -H 'Content-Type: application/json' \\\n  -d ${quoted(JSON.stringify(body))}`;
  return [
    el('pre', { class: 'output-text boxed', tabindex: '0', role: 'region', 'aria-label': 'curl command', id: 'curl' }, words),
    large || text === null ? el('p', { class: 'hint' }, 'Without its input, which is too large for a command, or no text.') : null,
    copyButton(() => words),
  ];
}

// In single quotes a shell takes everything as it is.
function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
