// The HTTP API, as far as this page uses it.

const ROOT = '/api/v1';

/** A refusal or a failure: `message` is fit to be shown, `status` is 0 when no answer came. */
export class ApiError extends Error {
  constructor(message, status, code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

let skewMillis = 0;

/** The server's clock, so that ages and running times are right in a browser whose clock is not. */
export function serverNow() {
  return Date.now() + skewMillis;
}

export function listAgents(limit = 100) {
  return call('GET', `/agents?limit=${limit}`);
}

export function uploadAgent(file, name, description) {
  const form = new FormData();
  form.append('name', name);
  if (description) form.append('description', description);
  form.append('wasm_binary', file, file.name);
  return call('POST', '/agents', { body: form });
}

export function listTasks(limit, cursor) {
  const from = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
  return call('GET', `/tasks?limit=${limit}${from}`);
}

export function submitTask(task, idempotencyKey) {
  return call('POST', '/tasks', {
    body: JSON.stringify(task),
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey },
  });
}

export function getTask(id) {
  return call('GET', `/tasks/${encodeURIComponent(id)}`);
}

export function getResult(id) {
  return call('GET', `/tasks/${encodeURIComponent(id)}/result`);
}

export function cancelTask(id) {
  return call('DELETE', `/tasks/${encodeURIComponent(id)}`);
}

async function call(method, path, { body, headers } = {}) {
  let response;
  try {
    response = await fetch(ROOT + path, { method, body, headers: { Accept: 'application/json', ...headers } });
  } catch {
    throw new ApiError('The server cannot be reached.', 0, 'UNREACHABLE');
  }
  noteClock(response);
  const answer = await readJson(response);
  if (!response.ok) throw refusal(response, answer);
  return answer;
}

function noteClock(response) {
  // The Date header has whole seconds: only a real difference is worth correcting.
  const difference = Date.parse(response.headers.get('Date') ?? '') - Date.now();
  if (Number.isFinite(difference)) skewMillis = Math.abs(difference) > 2000 ? difference : 0;
}

async function readJson(response) {
  const text = await response.text();
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refusal(response, problem) {
  const parts = [problem?.detail ?? problem?.title ?? `The server answered ${response.status}.`];
  for (const error of problem?.errors ?? []) {
    parts.push(`${error.pointer ?? ''} ${error.detail ?? error.message ?? ''}`.trim());
  }
  return new ApiError(parts.join(' '), response.status, (problem?.type ?? '').split(':').pop());
}
