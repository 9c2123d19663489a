/** Making and finding elements. What others wrote only ever becomes text. */

/** The element with this id. */
export const $ = (id) => document.getElementById(id);

/**
 * Makes an element.
 * @param {string} name of the element
 * @param {object} [properties] set on it; `class`, `aria-…`, `role`, `for` and `datetime` as attributes
 * @param {...(Node|string|null|undefined)} children strings become text
 */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element && !key.includes('-')) {
      element[key] = value;
    } else {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** One of the page's icons. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.append(use);
  return svg;
}

/** Shows or removes what is wrong with the field of this id; takes the focus there. */
export function fault(id, text) {
  const field = $(id);
  $(`${id}-error`).textContent = text;
  field.setAttribute('aria-invalid', String(text !== ''));
  if (text !== '') {
    field.focus();
  }
}

/** Closes the dialogs and menus that are open: what they are about is over. */
export function closeAll() {
  document.querySelectorAll('dialog').forEach((dialog) => dialog.close());
  document.querySelectorAll('.menu').forEach((menu) => menu.hidePopover());
}
