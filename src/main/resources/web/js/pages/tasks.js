// The tasks: filters that live in the address, an endless list, and what can be done to many at once.

import { cancelTask, executeTask, listAgents, listTasks, withQuery } from '../api.js';
import { confirm } from '../dialog.js';
import { el, fill, redraw, setText } from '../dom.js';
import { empty, FAILURE_KINDS, failure, heading, loading, STATUSES, statusLabel } from '../parts.js';
import { TaskRows } from '../task-rows.js';
import { isTerminal } from '../task-state.js';

const PAGE = 50;
const FILTERS = ['status', 'agent_id', 'failure_kind', 'created_after', 'created_before'];
// Enough for a mistake, and few enough for a browser to go through.
const MOST_AT_ONCE = 5_000;
const AT_A_TIME = 8;
const REFRESH_MS = 2_000;

export function tasksPage(parameters, { bridge, go }) {
  let filter = filterOf(new URLSearchParams(location.search));
  let cursor = null;
  let asked = 0;
  let shown = 0;
  let busy = false;
  let stale = 0;
  const selected = new Set();
  const rows = new TaskRows((id, on) => {
    if (on) selected.add(id);
    else selected.delete(id);
    drawBulk();
  });
  const list = el('div', { class: 'list' }, loading());
  const end = el('div', { class: 'more' });
  const fresh = el('button', { type: 'button', class: 'button quiet fresh', hidden: true, on: { click: () => load() } }, 'New tasks: show them');
  const told = el('p', { class: 'form-status', role: 'status', id: 'bulk-status' });
  const bulk = el('div', { class: 'bulk', role: 'region', 'aria-label': 'Selected tasks', hidden: true });
  const fields = filterFields(filter, (changed) => go(withQuery('/tasks', { ...filter, ...changed })));

  const load = async (further = false) => {
    asked += 1;
    const now = asked;
    try {
      const page = await listTasks({ ...instants(filter), limit: PAGE, cursor: further ? cursor : '' });
      if (now !== asked) return;
      cursor = page.next_cursor;
      rows.show(page.items, { add: further, selected });
      shown = rows.ids.length;
      fresh.hidden = true;
      redraw(list, shown > 0 ? rows.root : nothing(filter));
      redraw(end, cursor ? el('button', { type: 'button', class: 'button quiet', on: { click: () => load(true) } }, 'Show older') : null);
      drawBulk();
    } catch (error) {
      // Where there is something to read, the banner of a lost connection says enough.
      if (now === asked && (further || shown === 0 || error.status !== 0)) fill(further ? end : list, failure(error, () => load(further)));
    }
  };
  const watcher = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting) && cursor && shown > 0) load(true);
  }, { rootMargin: '400px' });
  watcher.observe(end);

  const leaveQueue = bridge.listen('queue', (message) => {
    const unknown = message.type === 'queue_update' || rows.receive(message);
    if (!unknown || busy) return;
    // Close to the top nobody is reading yet, so new ones may come in; further down the list stays where it is.
    if (scrollY < 200 && selected.size === 0) {
      if (!stale) stale = setTimeout(() => { stale = 0; load(); }, REFRESH_MS);
    } else {
      fresh.hidden = false;
    }
  });

  function drawBulk() {
    bulk.hidden = shown === 0;
    const count = selected.size;
    redraw(bulk,
      el('label', { class: 'choice' }, el('input', {
        type: 'checkbox', id: 'select-all', checked: count > 0 && rows.ids.every((id) => selected.has(id)),
        on: { change: (event) => selectShown(event.target.checked) },
      }), count > 0 ? `${count} selected` : 'Select'),
      el('button', { type: 'button', class: 'button quiet small', id: 'bulk-cancel', on: { click: () => act('cancel') } },
        count > 0 ? 'Cancel them' : 'Cancel all that match'),
      el('button', { type: 'button', class: 'button quiet small', id: 'bulk-rerun', on: { click: () => act('rerun') } },
        count > 0 ? 'Run them again' : 'Run all that match again'),
      told);
  }
  function selectShown(on) {
    for (const id of rows.ids) {
      if (on) selected.add(id);
      else selected.delete(id);
    }
    rows.tick(selected);
    drawBulk();
  }
  async function act(what) {
    const say = (text) => setText(told, text);
    const cancelling = what === 'cancel';
    busy = true;
    try {
      say('Counting\u2026');
      const ids = selected.size > 0 ? [...selected] : await matching(filter, cancelling);
      if (ids.length === 0) return say(cancelling ? 'None of them can be cancelled.' : 'None of them has ended.');
      const tasks = ids.length === 1 ? '1 task' : `${ids.length} tasks`;
      const most = ids.length === MOST_AT_ONCE ? ` These are the newest ${MOST_AT_ONCE}; there may be more.` : '';
      const sure = await confirm(cancelling
        ? { title: `Cancel ${tasks}?`, text: `Those that run are stopped.${most}`, go: `Cancel ${tasks}`, dangerous: true }
        : { title: `Run ${tasks} again?`, text: `Each becomes a new task with the same input.${most}`, go: `Run ${tasks} again` });
      if (!sure) return say('');
      const done = await each(ids, cancelling ? cancelTask : executeTask, (count) => say(`${count} of ${ids.length}\u2026`));
      selected.clear();
      await load();
      say(`${done.good} ${cancelling ? 'cancelled' : 'started again'}${done.bad ? `, ${done.bad} refused: they were in another state by then` : ''}.`);
    } catch (error) {
      say(error.message);
    } finally {
      busy = false;
    }
  }

  load();
  return {
    title: 'Tasks',
    root: el('div', {}, heading('Tasks', fresh), el('section', { class: 'card', 'aria-label': 'All tasks' }, fields.root, bulk, list, end)),
    leave: () => {
      leaveQueue();
      watcher.disconnect();
      clearTimeout(stale);
    },
    refresh: () => load(),
    search: (query) => {
      filter = filterOf(query);
      fields.show(filter);
      selected.clear();
      shown = 0;
      scrollTo(0, 0);
      load();
    },
  };
}

function filterOf(query) {
  return Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? '']));
}

// A field of the page has the local time without a zone; the API wants an instant.
function instants(filter) {
  const made = { ...filter };
  for (const name of ['created_after', 'created_before']) {
    const time = made[name] ? new Date(made[name]) : null;
    made[name] = time && !Number.isNaN(time.getTime()) ? time.toISOString() : '';
  }
  return made;
}

function filterFields(filter, onChange) {
  const status = choice('status', 'Status', [['', 'Any status'], ...STATUSES.map((name) => [name, statusLabel(name)])]);
  const agent = choice('agent_id', 'Agent', [['', 'Any agent']]);
  const kind = choice('failure_kind', 'Failure', [['', 'Any failure'], ...FAILURE_KINDS.map((name) => [name, name.replace('_', ' ')])]);
  const after = moment('created_after', 'Submitted after');
  const before = moment('created_before', 'Submitted before');
  const all = { status, agent_id: agent, failure_kind: kind, created_after: after, created_before: before };
  const clear = el('button', { type: 'button', class: 'button quiet small', on: {
    click: () => onChange(Object.fromEntries(FILTERS.map((name) => [name, '']))),
  } }, 'Clear');
  const show = (wanted) => {
    for (const [name, field] of Object.entries(all)) {
      if (field.tagName === 'SELECT' && ![...field.options].some((option) => option.value === wanted[name])) {
        field.append(el('option', { value: wanted[name] }, wanted[name]));
      }
      // A date that is half typed has no value yet.
      if (field.value !== wanted[name]) field.value = wanted[name];
    }
    clear.hidden = !FILTERS.some((name) => wanted[name]);
  };
  for (const [name, field] of Object.entries(all)) field.addEventListener('change', () => onChange({ [name]: field.value }));
  show(filter);
  listAgents({ limit: 200 }).then(({ items }) => {
    const wanted = agent.value;
    fill(agent, el('option', { value: '' }, 'Any agent'), items.map((each) => el('option', { value: each.id }, each.name)));
    show({ ...Object.fromEntries(Object.entries(all).map(([name, field]) => [name, field.value])), agent_id: wanted });
  }, () => {});
  return { show, root: el('div', { class: 'filters' }, [status, agent, kind].map(labelled),
    el('div', { class: 'filter-times' }, [after, before].map(labelled)), clear) };
}

function choice(name, label, options) {
  return el('select', { id: `filter-${name}`, 'data-label': label }, options.map(([value, text]) => el('option', { value }, text)));
}

function moment(name, label) {
  return el('input', { type: 'datetime-local', id: `filter-${name}`, 'data-label': label });
}

function labelled(field) {
  return el('label', { class: 'field' }, el('span', { class: 'label' }, field.dataset.label), field);
}

function nothing(filter) {
  return FILTERS.some((name) => filter[name])
    ? empty('No task matches', 'Change the filters, or ', el('a', { href: '/tasks' }, 'see all tasks'), '.')
    : empty('No tasks yet', 'Choose an ', el('a', { href: '/agents' }, 'agent'), ' and run it.');
}

// The ids of all that match and can be cancelled, or run again: newest first, as far as one click may go.
async function matching(filter, cancelling) {
  const ids = [];
  let cursor = '';
  do {
    const page = await listTasks({ ...instants(filter), limit: 200, cursor });
    for (const task of page.items) if (isTerminal(task.status) !== cancelling) ids.push(task.task_id);
    cursor = page.next_cursor;
  } while (cursor && ids.length < MOST_AT_ONCE);
  return ids.slice(0, MOST_AT_ONCE);
}

async function each(ids, action, onProgress) {
  const waiting = [...ids];
  const done = { good: 0, bad: 0 };
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      try {
        await action(id);
        done.good += 1;
      } catch (error) {
        if (error.status === 0) throw error;
        done.bad += 1;
      }
      onProgress(done.good + done.bad);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return done;
}
