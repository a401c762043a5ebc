// Building and finding elements. Text reaches the page as text nodes only, never as markup, so that
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
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
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
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}
