import { el } from './dom.js';
import { plain } from './words.js';

let dialogs = 0;

/**
 * Asks something in a dialog. Escape and "Cancel" close it, and the focus goes back to where it was.
 * @param {object} question
 * @param {string} question.title
 * @param {string} [question.text] below the title
 * @param {Array<{name, label, type?, value?, options?: Array<[string, string]>, hint?, autocomplete?, isHidden?,
 *     proposed?: Promise<string[]>}>} [question.fields] `proposed`: what may be chosen, as soon as it is known
 * @param {string} question.submit what the button says
 * @param {boolean} [question.danger]
 * @param {function(object): Promise} question.act gets the fields' values; what it throws is shown, at the field that the
 *     error names with `field`, else at the last one
 * @returns {Promise<boolean>} whether it was done
 */
export function ask({ title, text, fields = [], submit, danger, act }) {
  const id = `dialog-${++dialogs}`;
  const inputs = new Map(fields.map((field) => [field.name, inputOf(field, id)]));
  const fault = el('p', { class: 'error', role: 'alert', id: `${id}-fault` });
  const go = el('button', { class: danger ? 'primary danger' : 'primary' }, submit);
  const cancel = el('button', { type: 'button' }, 'Cancel');
  const form = el(
    'form',
    { method: 'dialog', noValidate: true },
    el('h2', { id }, title),
    text ? el('p', {}, text) : null,
    ...fields.map((field) => fieldOf(field, inputs.get(field.name))),
    fault,
    el('div', { class: 'buttons' }, cancel, go),
  );
  const dialog = el('dialog', { 'aria-labelledby': id }, form);
  return new Promise((resolve) => {
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      go.disabled = true;
      try {
        await act(Object.fromEntries([...inputs].map(([name, input]) => [name, valueOf(input)])));
        dialog.returnValue = 'done';
        dialog.close('done');
      } catch (error) {
        show(fault, error, inputs);
      }
      go.disabled = false;
    });
    cancel.addEventListener('click', () => dialog.close());
    open(dialog, () => resolve(dialog.returnValue === 'done'));
  });
}

/** Shows a dialog with a list in it. @param {Array<Node>} items @param {string} empty said if there are none */
export function showList(title, items, empty) {
  const id = `dialog-${++dialogs}`;
  const close = el('button', { type: 'button' }, 'Close');
  const list = items.length ? el('ul', { class: 'entries' }, ...items) : el('p', {}, empty);
  const dialog = el('dialog', { 'aria-labelledby': id }, el('h2', { id }, title), list, el('div', { class: 'buttons' }, close));
  close.addEventListener('click', () => dialog.close());
  open(dialog);
}

function open(dialog, closed = () => {}) {
  dialog.addEventListener('close', () => {
    dialog.remove();
    closed();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function show(fault, error, inputs) {
  const input = inputs.get(error.field) ?? [...inputs.values()].at(-1);
  inputs.forEach((one) => one.removeAttribute('aria-invalid'));
  fault.textContent = plain(error);
  input?.setAttribute('aria-invalid', 'true');
  input?.setAttribute('aria-describedby', fault.id);
  input?.focus();
}

/** A password may begin or end with a space. */
const valueOf = ({ type, value }) => (type === 'password' ? value : value.trim());

function inputOf({ name, type, value = '', options, autocomplete = 'off' }, id) {
  if (options) {
    return el('select', { id: `${id}-${name}`, name }, ...options.map(([of, text]) => el('option', { value: of }, text)));
  }
  return el('input', { id: `${id}-${name}`, name, type: type ?? 'text', value, autocomplete, autocapitalize: 'none', spellcheck: false });
}

function fieldOf({ label, hint, isHidden, proposed }, input) {
  if (isHidden) {
    input.hidden = true;
    return input;
  }
  const list = proposed ? el('datalist', { id: `${input.id}-list` }) : null;
  if (list) {
    input.setAttribute('list', list.id);
    proposed.then((values) => list.append(...values.map((value) => el('option', { value }))));
  }
  return el('p', { class: 'field' }, el('label', { for: input.id }, label), input, list, hint ? el('span', { class: 'hint' }, hint) : null);
}
