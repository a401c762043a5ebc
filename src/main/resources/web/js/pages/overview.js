// How the cluster is doing: what needs attention first, then the last hour as plots.

import { getHealth, getHistory, getQueue, listTasks } from '../api.js';
import { el, fill, given, redraw } from '../dom.js';
import { duration } from '../format.js';
import { empty, failure, heading, loading } from '../parts.js';
import { Plot } from '../plot.js';
import { TaskRows } from '../task-rows.js';

const REFRESH_MS = 10_000;
const QUEUE_MS = 2_000;
const RECENT = 6;
// A queue that grew by half within five minutes, and to more than a few, is worth a look.
const GROWING_POINTS = 30;
const NODE_COLOURS = ['--accent', '--good', '--warn', '--bad', '--idle'];

const perSecond = (value) => (value >= 10 || Number.isInteger(value) ? `${Math.round(value)}` : value.toFixed(1));
const count = (value) => (value >= 10_000 ? `${Math.round(value / 1000)}k` : `${value}`);
const ms = (value) => (value < 1000 ? `${Math.round(value)}\u00a0ms` : `${Number((value / 1000).toFixed(1))}\u00a0s`);

export function overviewPage(parameters, { bridge }) {
  const attention = el('div', { class: 'attention', id: 'attention' });
  const figures = el('dl', { class: 'figures' });
  const rows = new TaskRows();
  const recent = el('div', {}, loading());
  const trouble = el('div', {});
  let queue = null;
  let health = null;
  let points = [];
  let dirty = false;

  const rate = plotCard('Tasks per second', [line('submitted', '--soft', { dash: [4, 3] }), line('completed', '--good', { fill: true }), line('failed', '--bad')], perSecond);
  const depth = plotCard('In line', [line('queued', '--soft', { fill: true }), line('running', '--accent'), line('retrying', '--warn')], count);
  const wait = plotCard('Waited for a worker', [line('median', '--accent', { fill: true }), line('99th percentile', '--warn')], ms);
  const run = plotCard('Ran', [line('median', '--accent', { fill: true }), line('99th percentile', '--warn')], ms);
  const failures = plotCard('Failed attempts', [line('none', '--bad')], count);
  const workers = plotCard('Busy workers', [line('none', '--accent')], count);
  const plots = [rate, depth, wait, run, failures, workers];

  const loadHistory = async () => {
    try {
      const history = await getHistory();
      points = history.points;
      fill(trouble);
      const times = points.map((point) => Date.parse(point.at) / 1000);
      const seconds = history.step_ms / 1000;
      const of = (name, by = 1) => points.map((point) => (point[name] === null || point[name] === undefined ? null : point[name] / by));
      rate.plot.show(times, of('submitted', seconds), of('completed', seconds), of('failed', seconds));
      depth.plot.show(times, of('queued'), of('running'), of('retrying'));
      wait.plot.show(times, of('wait_p50_ms'), of('wait_p99_ms'));
      run.plot.show(times, of('run_p50_ms'), of('run_p99_ms'));
      const kinds = names(points, 'failures');
      failures.plot.relabel(kinds.length > 0 ? kinds.map((kind, index) => line(kind.replace('_', ' '), NODE_COLOURS[(index + 3) % NODE_COLOURS.length])) : [line('none', '--bad')]);
      failures.plot.show(times, ...(kinds.length > 0 ? kinds.map((kind) => points.map((point) => point.failures[kind] ?? 0)) : [points.map(() => 0)]));
      const nodes = names(points, 'workers');
      workers.plot.relabel(nodes.length > 0 ? nodes.map((node, index) => line(node, NODE_COLOURS[index % NODE_COLOURS.length])) : [line('none', '--accent')]);
      workers.plot.show(times, ...(nodes.length > 0 ? nodes.map((node) => points.map((point) => point.workers[node]?.busy ?? null)) : [points.map(() => null)]));
      for (const { root } of plots) root.classList.toggle('waiting', points.length < 2);
      draw();
    } catch (error) {
      if (points.length === 0 || error.status !== 0) fill(trouble, failure(error, loadHistory));
    }
  };
  const loadQueue = () => {
    // Each by itself: what is down makes the other slow.
    getHealth().then((answer) => { health = answer; draw(); }, () => {});
    getQueue().then((answer) => { queue = answer; draw(); }, () => {});
  };
  const loadTasks = async () => {
    try {
      const { items } = await listTasks({ limit: RECENT });
      rows.show(items);
      redraw(recent, items.length > 0 ? rows.root
        : empty('No tasks yet', 'Upload an ', el('a', { href: '/agents' }, 'agent'), ' and run it: what happens is shown here, live.'));
    } catch (error) {
      if (rows.ids.length === 0 || error.status !== 0) fill(recent, failure(error, loadTasks));
    }
  };
  const draw = () => {
    redraw(attention, concerns(health, queue, points).map(({ kind, words }) => el('p', { class: 'concern', 'data-kind': kind, role: kind === 'bad' ? 'alert' : null }, words)));
    if (!queue) return;
    redraw(figures, [
      ['Waiting', queue.depth.queued + queue.depth.retrying],
      ['Running', queue.depth.running],
      ['Workers busy', `${queue.workers.busy} of ${queue.workers.busy + queue.workers.idle}`],
      ['Nodes', queue.nodes.length],
      ['Oldest waiting', queue.oldest_waiting_ms === null ? '\u2013' : duration(queue.oldest_waiting_ms)],
    ].map(([name, value]) => el('div', { class: 'figure' }, el('dt', {}, name), el('dd', {}, value))));
  };

  const stop = bridge.listen('queue', (message) => {
    if (message.type === 'queue_update' || rows.receive(message)) dirty = true;
  });
  const timers = [
    setInterval(loadHistory, REFRESH_MS),
    setInterval(() => {
      if (document.hidden) return;
      loadQueue();
      if (dirty) {
        dirty = false;
        loadTasks();
      }
    }, QUEUE_MS),
  ];
  loadHistory();
  loadQueue();
  loadTasks();
  return {
    title: '',
    root: el('div', {}, heading('Overview'), attention, figures, trouble,
      el('div', { class: 'plots' }, plots.map(({ root }) => root)), el('section', { class: 'card' },
        el('div', { class: 'card-head' }, el('h2', {}, 'Newest tasks'), el('a', { href: '/tasks' }, 'All tasks')), recent)),
    leave: () => {
      stop();
      timers.forEach(clearInterval);
      plots.forEach(({ plot }) => plot.destroy());
    },
    refresh: () => {
      loadHistory();
      loadQueue();
      loadTasks();
    },
  };
}

function line(label, colour, more = {}) {
  return { label, colour, ...more };
}

function plotCard(title, lines, values) {
  const root = el('div', { class: 'plot' });
  const section = el('section', { class: 'card plot-card' }, el('h2', { class: 'card-title' }, title),
    el('p', { class: 'hint plot-wait' }, 'The plot begins with the node: a point every ten seconds.'), root);
  return { root: section, plot: new Plot(root, lines, values) };
}

function names(points, member) {
  return [...new Set(points.flatMap((point) => Object.keys(point[member])))].sort();
}

// What somebody should look at, the worst first.
function concerns(health, queue, points) {
  const all = [];
  for (const check of health?.checks ?? []) {
    if (check.status === 'down') all.push({ kind: 'bad', words: [el('strong', {}, `${check.name} is down: `), given(check.message ?? '')] });
    else if (/stuck/.test(check.message ?? '')) all.push({ kind: 'warn', words: [el('strong', {}, 'Stuck workers: '), given(check.message)] });
  }
  for (const node of queue?.nodes ?? []) {
    if (node.stopping) all.push({ kind: 'warn', words: [el('strong', {}, given(node.node)), ' is stopping and takes no more work.'] });
    else if (node.heartbeat_age_ms > 20_000) all.push({ kind: 'warn', words: [el('strong', {}, given(node.node)), ` renewed its leases ${duration(node.heartbeat_age_ms)} ago.`] });
  }
  const now = points.at(-1)?.queued ?? 0;
  const before = points.at(-GROWING_POINTS)?.queued ?? points[0]?.queued ?? 0;
  if (now > 20 && now > before * 1.5) {
    all.push({ kind: 'warn', words: [el('strong', {}, 'The queue grows: '), `${now} tasks wait, ${before} did five minutes ago.`] });
  }
  if (queue && queue.workers.busy + queue.workers.idle === 0) all.push({ kind: 'bad', words: [el('strong', {}, 'No workers: '), 'no node that runs tasks is heard of.'] });
  return all;
}
