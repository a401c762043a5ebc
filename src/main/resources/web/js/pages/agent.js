// One agent: what it is, how it did lately, its versions, and a form to try it.

import { agentReport } from '../agent-report.js';
import { deleteAgent, getAgent, listTasks, listVersions } from '../api.js';
import { confirm } from '../dialog.js';
import { el, fill, given, redraw } from '../dom.js';
import { bytes, duration } from '../format.js';
import { card, empty, facts, failure, heading, loading, moment } from '../parts.js';
import { TaskRows } from '../task-rows.js';
import { isTerminal } from '../task-state.js';
import { tryForm } from '../try-form.js';
import { uploadForm } from '../upload-form.js';

const RECENT = 100;
const SHOWN = 10;
const REFRESH_MS = 2_000;

export function agentPage([id], { bridge, go, rename }) {
  const head = el('div', {}, heading('Agent'));
  const about = el('div', {}, loading());
  const recent = el('div', {}, loading());
  const versions = el('div', {});
  const rows = new TaskRows();
  const trial = el('div', {});
  const known = [card('Try it', trial), card('Recent tasks', recent),
    card('Versions', versions, el('details', { class: 'disclosure' }, el('summary', {}, 'Upload a new version'), uploadForm(id, () => load())))];
  let stops = [];
  let stale = 0;

  const show = (is) => known.forEach((part) => { part.hidden = !is; });

  const load = async () => {
    try {
      const agent = await getAgent(id);
      rename(agent.name);
      show(true);
      redraw(head, heading(given(agent.name), el('button', {
        type: 'button', class: 'button quiet', id: 'agent-delete', on: { click: () => remove(agent) },
      }, 'Delete')));
      redraw(about, description(agent));
      if (!trial.firstChild) fill(trial, tryForm(agent.id, (task) => go(`/tasks/${task.task_id}`)));
      loadTasks(agent);
      loadVersions(agent);
      if (stops.length === 0) {
        stops = [
          bridge.listen('agents', (message) => { if (message.agent_id === agent.id) load(); }),
          bridge.listen('queue', (message) => {
            // It may be one of this agent's.
            if (rows.receive(message)) stale ||= setTimeout(() => { stale = 0; loadTasks(agent); }, REFRESH_MS);
          }),
        ];
      }
    } catch (error) {
      if (trial.firstChild && error.status === 0) return;
      fill(head, heading('Agent'));
      fill(about, error.status === 404
        ? empty('There is no such agent', 'It may have been deleted. ', el('a', { href: '/agents' }, 'See all agents'), '.')
        : failure(error, load));
      show(false);
    }
  };
  const loadTasks = async (agent) => {
    try {
      const { items } = await listTasks({ agent_id: agent.id, limit: RECENT });
      rows.show(items.slice(0, SHOWN));
      redraw(recent, items.length === 0 ? empty('No tasks yet', 'Try it with an input.') : [
        summary(items), rows.root,
        el('p', { class: 'more' }, el('a', { href: `/tasks?agent_id=${encodeURIComponent(agent.id)}` }, 'All its tasks')),
      ]);
    } catch (error) {
      fill(recent, failure(error, () => loadTasks(agent)));
    }
  };
  const loadVersions = async (agent) => {
    const { items } = await listVersions(agent.id).catch(() => ({ items: [] }));
    redraw(versions, el('ul', { class: 'rows' }, items.map((version) => el('li', { class: 'row version', 'data-key': version.version },
      el('span', { class: 'row-text' }, el('span', { class: 'row-title' }, `Version ${version.version}`),
        el('code', { class: 'id' }, version.sha256.slice(0, 16))),
      el('span', { class: 'row-facts' }, bytes(version.size_bytes), ' \u00b7 ', moment(version.created_at))))));
  };
  const remove = async (agent) => {
    const sure = await confirm({
      title: `Delete ${agent.name}?`, text: 'It takes no new tasks then. Results of the old ones stay.', go: 'Delete', dangerous: true,
    });
    if (!sure) return;
    try {
      await deleteAgent(agent.id);
      go('/agents');
    } catch (error) {
      fill(about, failure(error, load));
    }
  };

  show(false);
  load();
  return {
    title: 'Agent',
    // The form comes before what takes longer to load: nothing moves it then. Beside the rest there is room for it on wide screens.
    root: el('div', {}, head, el('div', { class: 'split agent' },
      card(null, about), known)),
    leave: () => {
      stops.forEach((stop) => stop());
      clearTimeout(stale);
    },
    refresh: load,
  };
}

function description(agent) {
  return [
    agent.description ? el('p', { class: 'description' }, given(agent.description)) : null,
    facts([
      ['Version', given(agent.version)],
      ['Size', bytes(agent.size_bytes)],
      ['Updated', moment(agent.updated_at)],
      ['Capabilities', agent.capabilities?.length ? given(agent.capabilities.join(', ')) : null],
      ['Timeout', agent.limits?.timeout_ms ? duration(agent.limits.timeout_ms) : null],
      ['Memory', agent.limits?.memory_bytes ? bytes(agent.limits.memory_bytes) : null],
      ['Stdout', agent.limits?.stdout_bytes ? bytes(agent.limits.stdout_bytes) : null],
      ['Agent id', el('code', { class: 'id' }, agent.id)],
    ]),
    agentReport(agent, false),
  ];
}

// Of the newest tasks that have ended: what they came to, and how long their last attempt took.
function summary(tasks) {
  const ended = tasks.filter((task) => isTerminal(task.status) && task.status !== 'cancelled');
  if (ended.length === 0) return null;
  const good = ended.filter((task) => task.status === 'completed').length;
  const took = ended.filter((task) => task.started_at && task.finished_at)
    .map((task) => Date.parse(task.finished_at) - Date.parse(task.started_at)).sort((one, other) => one - other);
  const at = (part) => (took.length > 0 ? duration(took[Math.min(took.length - 1, Math.floor(took.length * part))]) : null);
  return facts([
    ['Succeeded', `${Math.round((100 * good) / ended.length)} % of the last ${ended.length}`],
    ['Median', at(0.5)],
    ['99th percentile', at(0.99)],
  ]);
}
