// The HTTP API, as far as the console uses it.

import { askForKey } from './dialog.js';

const ROOT = '/api/v1';
const KEY = 'zerostate.key';

/** A refusal or a failure: `message` is fit to be shown, `status` is 0 when no answer came. */
export class ApiError extends Error {
  constructor(message, status, code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

let skewMillis = 0;
// Whoever has no key is not asked with each request: pages ask the node every few seconds.
let declined = false;

/** The server's clock, so that ages and running times are right in a browser whose clock is not. */
export function serverNow() {
  return Date.now() + skewMillis;
}

/** The node's API key, where somebody gave one; it is forgotten with the tab. */
export function apiKey() {
  return sessionStorage.getItem(KEY) ?? '';
}

/** Who said that there is no key to give is asked again. */
export function askAgain() {
  declined = false;
}

/** A path with a query of those parameters that are set. */
export function withQuery(path, parameters) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== '' && value !== null && value !== undefined));
  return query.size > 0 ? `${path}?${query}` : path;
}

const id = encodeURIComponent;

export const listAgents = (parameters) => call('GET', withQuery('/agents', parameters));
export const getAgent = (agent) => call('GET', `/agents/${id(agent)}`);
export const listVersions = (agent) => call('GET', `/agents/${id(agent)}/versions`);
export const deleteAgent = (agent) => call('DELETE', `/agents/${id(agent)}`);
export const listTasks = (parameters) => call('GET', withQuery('/tasks', parameters));
export const getTask = (task) => call('GET', `/tasks/${id(task)}`);
export const getResult = (task) => call('GET', `/tasks/${id(task)}/result`);
export const cancelTask = (task) => call('DELETE', `/tasks/${id(task)}`);
export const executeTask = (task) => call('POST', `/tasks/${id(task)}/execute`);
export const getQueue = () => call('GET', '/queue');
export const getHistory = () => call('GET', '/history');

/** What is up and what is down; also when that makes the node refuse work. */
export async function getHealth() {
  const response = await send('GET', '/health', {});
  return readJson(response);
}

/** The address of a task's input or of one of its streams, and its bytes. */
export const bytesPath = (task, part) => `${ROOT}/tasks/${id(task)}/${part}`;

export async function getBytes(task, part) {
  const response = await send('GET', bytesPath(task, part), {});
  if (!response.ok) throw refusal(response, await readJson(response));
  return new Uint8Array(await response.arrayBuffer());
}

export function submitTask(task, idempotencyKey) {
  return call('POST', '/tasks', {
    body: JSON.stringify(task),
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey },
  });
}

/** Uploads an agent, or a version of one where `agent` is its id. `onProgress` hears the part sent so far, from 0 to 1. */
export function upload({ file, name, description, agent }, onProgress) {
  const form = new FormData();
  if (name) form.append('name', name);
  if (description) form.append('description', description);
  form.append('wasm_binary', file, file.name);
  // fetch tells nothing of how much has been sent.
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', agent ? `${ROOT}/agents/${id(agent)}/versions` : `${ROOT}/agents`);
    if (apiKey()) request.setRequestHeader('Authorization', `Bearer ${apiKey()}`);
    request.upload.addEventListener('progress', (event) => onProgress(event.lengthComputable ? event.loaded / event.total : 0));
    request.addEventListener('error', () => reject(new ApiError('The server cannot be reached.', 0, 'UNREACHABLE')));
    request.addEventListener('load', () => {
      const answer = parse(request.responseText);
      if (request.status < 300) resolve(answer);
      else reject(refusal(request, answer));
    });
    request.send(form);
  });
}

async function call(method, path, options = {}) {
  const response = await send(method, ROOT + path, options);
  const answer = await readJson(response);
  if (!response.ok) throw refusal(response, answer);
  return answer;
}

async function send(method, path, { body, headers }) {
  let response;
  const key = apiKey();
  try {
    response = await fetch(path, {
      method, body, headers: { Accept: 'application/json', ...headers, ...(key ? { Authorization: `Bearer ${key}` } : {}) },
    });
  } catch {
    throw new ApiError('The server cannot be reached.', 0, 'UNREACHABLE');
  }
  noteClock(response);
  if (response.status !== 401 || declined) return response;
  // One that was given while this request was under way has not been tried with it.
  const given = apiKey() === key ? await askForKey(Boolean(key)) : apiKey();
  declined = !given;
  if (!given) return response;
  sessionStorage.setItem(KEY, given);
  dispatchEvent(new Event('apikey'));
  return send(method, path, { body, headers });
}

function noteClock(response) {
  // The Date header has whole seconds: only a real difference is worth correcting.
  const difference = Date.parse(response.headers.get('Date') ?? '') - Date.now();
  if (Number.isFinite(difference)) skewMillis = Math.abs(difference) > 2000 ? difference : 0;
}

async function readJson(response) {
  return parse(await response.text());
}

function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

function refusal({ status }, problem) {
  const parts = [problem?.detail ?? problem?.title ?? `The server answered ${status}.`];
  for (const error of problem?.errors ?? []) {
    parts.push(`${error.pointer ?? ''} ${error.detail ?? error.message ?? ''}`.trim());
  }
  return new ApiError(parts.join(' '), status, (problem?.type ?? '').split(':').pop());
}
