// The page: wires its parts to each other, to the address bar and to the live connection.

import { AgentsPanel } from './js/agents-panel.js';
import { Bridge } from './js/bridge.js';
import { ConnectionStatus } from './js/connection.js';
import { byId } from './js/dom.js';
import { shortId } from './js/format.js';
import { NodesLine } from './js/nodes-line.js';
import { TaskForm } from './js/task-form.js';
import { TaskList } from './js/task-list.js';
import { TaskPanel } from './js/task-panel.js';
import { UploadForm } from './js/upload-form.js';

const agentNames = new Map();
const agentName = (task) => agentNames.get(task.agent_id) ?? task.agent_name ?? shortId(task.agent_id);

const status = new ConnectionStatus();
const nodes = new NodesLine();
const bridge = new Bridge('/eventbus', (state) => {
  status.show(state);
  // Whatever happened while nobody listened is asked for.
  if (state === 'open') loadAll();
});

const list = new TaskList(agentName);
const panel = new TaskPanel(bridge, agentName, (task) => list.put(task));
const form = new TaskForm((task) => {
  list.put(task);
  location.hash = `task/${task.task_id}`;
  reveal();
});
const agents = new AgentsPanel(
  (agent) => form.choose(agent),
  (known) => {
    for (const agent of known) agentNames.set(agent.id, agent.name);
    form.offer(known);
    list.refreshNames();
  },
);
new UploadForm(async (agent) => {
  await agents.load();
  form.choose(agent);
});

function loadAll() {
  agents.load();
  list.load();
  panel.load();
}

function showAddressed() {
  const id = location.hash.startsWith('#task/') ? decodeURIComponent(location.hash.slice('#task/'.length)) : null;
  panel.show(id || null);
  list.select(id);
}

// On a narrow screen the task is below the form, on a low one it has been scrolled away above: go there, and say so to a screen reader
// by the focus.
function reveal() {
  const task = byId('task');
  const { top } = task.getBoundingClientRect();
  if (top < 0 || top > innerHeight * 0.6) {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    task.scrollIntoView({ behavior: still ? 'auto' : 'smooth', block: 'start' });
    task.focus({ preventScroll: true });
  }
}

addEventListener('hashchange', showAddressed);
byId('recent-list').addEventListener('click', (event) => {
  if (event.target.closest('a')) requestAnimationFrame(reveal);
});
bridge.listen('agents', () => agents.load());
bridge.listen('queue', (message) => {
  if (message.type === 'node_status') nodes.receive(message);
  else list.receive(message);
});

loadAll();
showAddressed();
bridge.connect();
