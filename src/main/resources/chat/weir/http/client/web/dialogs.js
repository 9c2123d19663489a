// @ts-check
import { el } from './dom.js';
import { asFailure, errorText } from './text.js';

/**
 * An input of a dialog. `options`: pairs of value and text. `suggestions`: values that the user may choose.
 * @typedef {object} Field
 * @property {string} name
 * @property {string} [label]
 * @property {string} [type]
 * @property {string} [value]
 * @property {ReadonlyArray<readonly [string, string]>} [options]
 * @property {string} [hint]
 * @property {string} [autocomplete]
 * @property {boolean} [isHidden]
 * @property {Promise<string[]>} [suggestions]
 */

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {string} [text]
 * @property {Field[]} [fields]
 * @property {string} submit the text of the button
 * @property {boolean} [danger]
 */

/** @typedef {HTMLInputElement | HTMLSelectElement} Input */

let dialogCount = 0;

/**
 * Asks in a dialog. Escape and "Cancel" close it, and the focus returns to where it was.
 * @param {Question & { act: (values: Record<string, string>) => Promise<unknown> }} question `act`: an error of it is
 *   shown at the field that the error names, or at the last one, and the dialog stays open
 * @returns {Promise<boolean>} whether it was done
 */
export function ask({ title, text, fields = [], submit, danger, act }) {
  const id = `dialog-${++dialogCount}`;
  /** @type {Map<string, Input>} */
  const inputs = new Map(fields.map((field) => [field.name, makeInput(field, id)]));
  const errorLine = el('p', { class: 'error', role: 'alert', id: `${id}-error` });
  const submitButton = el('button', { class: danger ? 'primary danger' : 'primary' }, submit);
  const cancel = el('button', { type: 'button' }, 'Cancel');
  const form = el(
    'form',
    { method: 'dialog', noValidate: true },
    el('h2', { id }, title),
    text && el('p', {}, text),
    ...fields.map((field) => makeField(field, /** @type {Input} */ (inputs.get(field.name)))),
    errorLine,
    el('div', { class: 'buttons' }, cancel, submitButton),
  );
  const dialog = el('dialog', { 'aria-labelledby': id }, form);
  return new Promise((resolve) => {
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      submitButton.disabled = true;
      try {
        await act(Object.fromEntries([...inputs].map(([name, one]) => [name, valueOf(one)])));
        dialog.close('done');
      } catch (error) {
        showError(errorLine, error, inputs);
      }
      submitButton.disabled = false;
    });
    cancel.addEventListener('click', () => dialog.close());
    open(dialog, () => resolve(dialog.returnValue === 'done'));
  });
}

/**
 * Shows a list in a dialog.
 * @param {string} title
 * @param {HTMLLIElement[]} items
 * @param {string} emptyText shown if there are no items
 */
export function showList(title, items, emptyText) {
  const id = `dialog-${++dialogCount}`;
  const close = el('button', { type: 'button' }, 'Close');
  const list = items.length > 0 ? el('ul', { class: 'entries' }, ...items) : el('p', {}, emptyText);
  const buttons = el('div', { class: 'buttons' }, close);
  const dialog = el('dialog', { 'aria-labelledby': id }, el('h2', { id }, title), list, buttons);
  close.addEventListener('click', () => dialog.close());
  open(dialog);
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {() => void} [closed]
 */
function open(dialog, closed = () => {}) {
  dialog.addEventListener('close', () => {
    dialog.remove();
    closed();
  });
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * @param {HTMLElement} line
 * @param {unknown} error
 * @param {Map<string, Input>} inputs
 */
function showError(line, error, inputs) {
  const input = inputs.get(asFailure(error).field ?? '') ?? [...inputs.values()].at(-1);
  inputs.forEach((one) => one.removeAttribute('aria-invalid'));
  line.textContent = errorText(error);
  input?.setAttribute('aria-invalid', 'true');
  input?.setAttribute('aria-describedby', line.id);
  input?.focus();
}

/**
 * A password may begin or end with a space.
 * @param {Input} input
 */
const valueOf = ({ type, value }) => (type === 'password' ? value : value.trim());

/**
 * @param {Field} field
 * @param {string} dialogId
 * @returns {Input}
 */
function makeInput({ name, type = 'text', value = '', options, autocomplete = 'off' }, dialogId) {
  const id = `${dialogId}-${name}`;
  if (options) {
    return el('select', { id, name }, ...options.map(([option, text]) => el('option', { value: option }, text)));
  }
  return el('input', { id, name, type, value, autocomplete, autocapitalize: 'none', spellcheck: false });
}

/**
 * @param {Field} field
 * @param {Input} input
 */
function makeField({ label, hint, isHidden, suggestions }, input) {
  if (isHidden) {
    input.hidden = true;
    return input;
  }
  const list = suggestions && el('datalist', { id: `${input.id}-list` });
  if (list) {
    input.setAttribute('list', list.id);
    suggestions.then((values) => list.append(...values.map((value) => el('option', { value }))));
  }
  const hintLine = hint && el('span', { class: 'hint' }, hint);
  return el('p', { class: 'field' }, el('label', { for: input.id }, label), input, list, hintLine);
}
