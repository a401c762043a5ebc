// Pages by their addresses. Links stay links: what is opened in another tab, or reloaded, finds the same page.

import { byId, el, fill } from './dom.js';

export class Router {
  #routes;
  #context;
  #outlet = byId('page');
  #page = null;
  #path = null;
  #shown = null;

  /**
   * `routes`: pairs of a pattern of the path and a function (parameters, context) that makes the page: `{title, root}`, and as it needs them
   * `leave()`, `refresh()` after a lost connection, and `search(query)` when only the query of the address has changed.
   */
  constructor(routes, context) {
    this.#routes = routes;
    this.#context = { ...context, go: (url, options) => this.go(url, options), rename: (title) => this.#rename(title) };
  }

  start() {
    document.addEventListener('click', (event) => this.#clicked(event));
    addEventListener('popstate', () => {
      // A link to a place within the page is none to another.
      if (location.pathname + location.search !== this.#shown) this.#show(false);
    });
    this.#show(false);
  }

  /** Goes to another address of the console. `replace`: without a step to come back to. */
  go(url, { replace = false } = {}) {
    if (replace) history.replaceState(null, '', url);
    else history.pushState(null, '', url);
    this.#show(!replace);
  }

  /** What is shown may be out of date. */
  refresh() {
    this.#page?.refresh?.();
  }

  #clicked(event) {
    const link = event.target.closest('a[href]');
    if (link?.classList.contains('skip')) {
      event.preventDefault();
      this.#outlet.focus();
      return;
    }
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.defaultPrevented || link.target || link.hasAttribute('download')) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || !this.#find(url.pathname)) return;
    if (url.hash && url.pathname === location.pathname) return;
    event.preventDefault();
    if (url.href !== location.href) this.go(url.pathname + url.search);
  }

  #find(path) {
    for (const [pattern, make] of this.#routes) {
      const match = pattern.exec(path);
      if (match) return { make, parameters: match.slice(1).map(decode) };
    }
    return null;
  }

  #show(moved) {
    const path = location.pathname;
    this.#shown = path + location.search;
    if (path === this.#path && this.#page?.search) {
      this.#page.search(new URLSearchParams(location.search));
      return;
    }
    this.#page?.leave?.();
    this.#path = path;
    const found = this.#find(path);
    this.#page = found ? found.make(found.parameters, this.#context) : nothingHere();
    this.#rename(this.#page.title);
    fill(this.#outlet, this.#page.root);
    for (const link of document.querySelectorAll('.nav a')) {
      const target = link.getAttribute('href');
      const current = target === '/' ? path === '/' : path === target || path.startsWith(`${target}/`);
      if (current) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    if (moved) {
      scrollTo(0, 0);
      // A screen reader, and the next press of Tab, begin with the new page.
      this.#outlet.focus({ preventScroll: true });
    }
  }

  #rename(title) {
    document.title = title ? `${title} \u00b7 ZeroState` : 'ZeroState';
  }
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function nothingHere() {
  return {
    title: 'Not found',
    root: el('section', { class: 'card empty' }, el('h1', {}, 'There is no such page'),
      el('p', {}, 'Perhaps the address was cut short. ', el('a', { href: '/' }, 'Go to the overview'), '.')),
  };
}
