// The console: wires the pages to the address bar and to the live connection.

import { Bridge } from './js/bridge.js';
import { ConnectionStatus } from './js/connection.js';
import { Router } from './js/router.js';
import { age } from './js/parts.js';
import { agentPage } from './js/pages/agent.js';
import { agentsPage } from './js/pages/agents.js';
import { nodesPage } from './js/pages/nodes.js';
import { overviewPage } from './js/pages/overview.js';
import { taskPage } from './js/pages/task.js';
import { tasksPage } from './js/pages/tasks.js';

const AGE_MS = 5_000;

const status = new ConnectionStatus();
const bridge = new Bridge('/eventbus', (state) => {
  status.show(state);
  // Whatever happened while nobody listened is asked for.
  if (state === 'open') router.refresh();
});

const router = new Router([
  [/^\/$/, overviewPage],
  [/^\/agents$/, agentsPage],
  [/^\/agents\/([^/]+)$/, agentPage],
  [/^\/tasks$/, tasksPage],
  [/^\/tasks\/([^/]+)$/, taskPage],
  [/^\/nodes$/, nodesPage],
], { bridge });

// The addresses of an earlier console.
const old = /^#task\/(.+)$/.exec(location.hash);
if (old && location.pathname === '/') history.replaceState(null, '', `/tasks/${old[1]}`);

// A file that is dropped beside a form must not make the browser leave the page for it.
for (const kind of ['dragover', 'drop']) {
  document.addEventListener(kind, (event) => {
    if (event.dataTransfer.types.includes('Files')) event.preventDefault();
  });
}

router.start();
setInterval(age, AGE_MS);
bridge.connect();
