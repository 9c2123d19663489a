// @ts-check
/** Finds and makes elements. Text of other users only ever becomes text, never markup. */

/**
 * The element of the page with this id.
 * @param {string} id
 */
export function $(id) {
  const element = document.getElementById(id);
  if (!element) {
    throw new Error(`the page has no element ${id}`);
  }
  return element;
}

/**
 * The input of the page with this id.
 * @param {string} id
 */
export const input = (id) => /** @type {HTMLInputElement} */ ($(id));

/**
 * Makes an element.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, any>} [properties] properties of the element, or attributes if it has no such property
 * @param {...(Node | string | null | undefined | false)} children strings become text
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element && !key.includes('-')) {
      /** @type {any} */ (element)[key] = value;
    } else {
      element.setAttribute(key, value);
    }
  }
  for (const child of children) {
    if (child) {
      element.append(child);
    }
  }
  return element;
}

/**
 * One of the icons of the page.
 * @param {string} name
 */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.append(use);
  return svg;
}

/**
 * Shows an error at an input and moves the focus there, or removes the error.
 * @param {string} id of the input
 * @param {string} text empty: no error
 */
export function showFieldError(id, text) {
  const field = $(id);
  $(`${id}-error`).textContent = text;
  field.setAttribute('aria-invalid', String(text !== ''));
  if (text !== '') {
    field.focus();
  }
}

/** Closes all dialogs and menus. */
export function closeAll() {
  document.querySelectorAll('dialog').forEach((dialog) => dialog.close());
  document.querySelectorAll('.menu').forEach((menu) => /** @type {HTMLElement} */ (menu).hidePopover());
}
