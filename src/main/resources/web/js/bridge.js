// A client of the Vert.x event-bus bridge over SockJS: listens on addresses, keeps the connection, comes back to where it was, and says when it
// is lost. The protocol is in docs/live.md.

/* global SockJS */

import { apiKey } from './api.js';

const PING_EVERY_MS = 15_000;
// The server sends a SockJS heartbeat every 10 s: three of them missing is a dead connection, whatever TCP says.
const SILENCE_LIMIT_MS = 30_000;
const RETRY_FIRST_MS = 500;
const RETRY_MOST_MS = 8_000;
// The fallbacks that a strict content security policy allows; the others need inline scripts or frames.
const TRANSPORTS = ['websocket', 'xhr-streaming', 'xhr-polling'];

export class Bridge {
  #url;
  #onState;
  #socket = null;
  #addresses = new Map();
  #retryMs = RETRY_FIRST_MS;
  #retryTimer = 0;
  #lastHeard = 0;

  /** `onState` is called with 'connecting', 'open' or 'lost', the last with the milliseconds until the next try. */
  constructor(url, onState) {
    this.#url = url;
    this.#onState = onState;
    setInterval(() => this.#keepAlive(), PING_EVERY_MS);
    // The browser knows first when a laptop wakes or the network is back: no need to wait for the timer then.
    addEventListener('online', () => this.retryNow());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.retryNow();
    });
    addEventListener('apikey', () => this.#registerAll());
  }

  connect() {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = 0;
    this.#onState('connecting', 0);
    const socket = new SockJS(this.#url, null, { transports: TRANSPORTS, timeout: 5000 });
    this.#socket = socket;
    socket.onopen = () => this.#opened(socket);
    socket.onmessage = (event) => this.#received(socket, event.data);
    socket.onheartbeat = () => { this.#lastHeard = performance.now(); };
    socket.onclose = () => this.#closed(socket);
  }

  /** Tries at once when a retry is waiting. */
  retryNow() {
    if (this.#retryTimer) {
      this.#retryMs = RETRY_FIRST_MS;
      this.connect();
    } else {
      this.#keepAlive();
    }
  }

  get open() {
    return this.#socket?.readyState === 1;
  }

  /** Calls `handler(body)` for each message on the address, also after a reconnection. Returns the function that ends it. */
  listen(address, handler) {
    let known = this.#addresses.get(address);
    if (!known) {
      known = { handlers: new Set(), last: '' };
      this.#addresses.set(address, known);
      if (this.open) this.#register(address, known);
    }
    known.handlers.add(handler);
    return () => {
      known.handlers.delete(handler);
      if (known.handlers.size > 0 || this.#addresses.get(address) !== known) return;
      this.#addresses.delete(address);
      if (this.open) this.#send({ type: 'unregister', address });
    };
  }

  #opened(socket) {
    if (socket !== this.#socket) return;
    this.#retryMs = RETRY_FIRST_MS;
    this.#lastHeard = performance.now();
    this.#send({ type: 'ping' });
    this.#registerAll();
    this.#onState('open', 0);
  }

  #registerAll() {
    if (!this.open) return;
    for (const [address, known] of this.#addresses) this.#register(address, known);
  }

  #register(address, { last }) {
    const headers = { 'last-event-id': last };
    if (apiKey()) headers.Authorization = `Bearer ${apiKey()}`;
    this.#send({ type: 'register', address, headers });
  }

  #received(socket, data) {
    if (socket !== this.#socket) return;
    this.#lastHeard = performance.now();
    const message = JSON.parse(data);
    const known = this.#addresses.get(message.address);
    if (message.type === 'err') {
      console.warn('event bus bridge:', message.body, message.message ?? '');
    } else if (message.type === 'rec' && known) {
      known.last = message.headers?.['last-event-id'] ?? '';
      for (const handler of [...known.handlers]) handler(message.body);
    }
  }

  #closed(socket) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    // Jitter: after a restart of the server its pages shall not all come back in the same instant.
    const wait = this.#retryMs * (0.75 + Math.random() / 2);
    this.#retryMs = Math.min(RETRY_MOST_MS, this.#retryMs * 2);
    this.#retryTimer = setTimeout(() => this.connect(), wait);
    this.#onState('lost', wait);
  }

  #keepAlive() {
    if (!this.open) return;
    if (performance.now() - this.#lastHeard > SILENCE_LIMIT_MS) {
      const socket = this.#socket;
      socket.close();
      this.#closed(socket);
    } else {
      this.#send({ type: 'ping' });
    }
  }

  #send(message) {
    this.#socket.send(JSON.stringify(message));
  }
}
