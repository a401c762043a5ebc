// Building, renewing and finding elements. Text reaches the page as text nodes only, never as markup, so that
// nothing a module, a task or an agent says can become an element.

/** The element with this id; the page's own markup guarantees that it exists. */
export function byId(id) {
  return document.getElementById(id);
}

/**
 * A new element. Attributes: `class`, `on` (an object of listeners), anything else as an attribute; null, undefined
 * and false are left out. Children: nodes, or values that become text.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) listen(node, event, listener);
    } else {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  append(node, children);
  return node;
}

/** Replaces everything inside `node`. */
export function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
}

/**
 * Makes what is inside `node` like `children`, and keeps of what is there whatever it can: somebody may be reading it, marking it, or standing on it with
 * the keyboard. An element is renewed from one of the same tag, id, classes and `data-key`; one that is among the children itself is left alone.
 */
export function redraw(node, ...children) {
  const wanted = nodes(children);
  const own = new Set(wanted);
  const there = new Map();
  for (const old of node.childNodes) {
    if (own.has(old)) continue;
    const kind = kindOf(old);
    if (there.has(kind)) there.get(kind).push(old);
    else there.set(kind, [old]);
  }
  const kept = wanted.map((next) => {
    if (next.parentNode === node) return next;
    const old = there.get(kindOf(next))?.shift();
    if (!old) return next;
    renew(old, next);
    return old;
  });
  for (const rest of there.values()) rest.forEach((old) => old.remove());
  let at = node.firstChild;
  for (const next of kept) {
    // What is in its place is not touched: a node that is moved loses the focus.
    if (next === at) at = at.nextSibling;
    else node.insertBefore(next, at);
  }
}

/** Sets the text of a node only when it differs, which keeps screen readers and selections undisturbed. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Shows `text` in a notice element, or hides the element when there is none. */
export function showNotice(node, text, kind = 'plain') {
  node.hidden = !text;
  node.dataset.kind = kind;
  setText(node, text ?? '');
}

/** A name somebody else chose, isolated so that right-to-left text cannot reorder the line around it. */
export function given(text) {
  return el('bdi', {}, text);
}

function append(node, children) {
  node.append(...nodes(children));
}

function nodes(children) {
  return children.flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : document.createTextNode(String(child))));
}

// What an element hears can be exchanged when it is renewed.
const listeners = new WeakMap();

function listen(node, event, listener) {
  const heard = listeners.get(node) ?? {};
  listeners.set(node, heard);
  if (!(event in heard)) node.addEventListener(event, (happened) => listeners.get(node)[event]?.(happened));
  heard[event] = listener;
}

function kindOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? `${node.tagName} ${node.id} ${node.className} ${node.dataset?.key ?? ''}` : node.nodeName;
}

function renew(old, next) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== next.data) old.data = next.data;
    return;
  }
  // Whether something is open is the reader's choice.
  const names = new Set([...old.getAttributeNames(), ...next.getAttributeNames()].filter((name) => name !== 'open'));
  for (const name of names) {
    const value = next.getAttribute(name);
    if (value === null) old.removeAttribute(name);
    else if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  if (old.checked !== next.checked) old.checked = next.checked;
  for (const event of Object.keys(listeners.get(old) ?? {})) listeners.get(old)[event] = null;
  for (const [event, listener] of Object.entries(listeners.get(next) ?? {})) listen(old, event, listener);
  redraw(old, [...next.childNodes]);
}
