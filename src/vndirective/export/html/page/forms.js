// Correcting: confirm, edit, remove, add; a form stands in the place of its row.

/** After any correction: draw anew, count, remember that it is not downloaded yet. */
function corrected() {
  unsaved = countAll() > 0;
  drawFields();
  refreshRow(current.number);
}

function confirmValue(value) {
  restore(current.number, value.pointer);
  correctionsOf(current.number).right.add(value.pointer);
  corrected();
}

function removeValue(value) {
  restore(current.number, value.pointer);
  correctionsOf(current.number).removed.add(value.pointer);
  corrected();
}

function undo(pointer) {
  restore(current.number, pointer);
  corrected();
}

function openEditForm(value) {
  current.pointer = value.pointer;
  drawFields(); // closes a form that is open
  const row = byId('fields').querySelector(`[data-field="${value.pointer}"]`);
  const { item } = currentItem(current.number, value.pointer, value.item);
  row.after(formOf(value.sort, item || {}, null, (parts) => {
    const all = { ...parts, ...dependent(value.sort, parts, value.item) };
    restore(current.number, value.pointer);
    const differs = !value.item || Object.entries(all).some(([part, now]) => now !== value.item[part]);
    if (differs) correctionsOf(current.number).changed.set(value.pointer, all);
    corrected();
  }));
  row.classList.add('editing');
  row.nextElementSibling.querySelector('input, textarea, select').focus();
}

function openAddForm(place, sort, pointer) {
  const evidence = selectedEvidence(current.doc);
  drawFields();
  const button = byId('fields').querySelector(`[data-add="${pointer}"]`);
  const blank = sort === 'assignee' ? { role: 'lead', name: evidence ? evidence.quote : '' } : { kind: 'by', raw: evidence ? evidence.quote : '' };
  const form = formOf(sort, blank, evidence, (parts) => {
    const own = correctionsOf(current.number);
    own.added.set(pointer, [...(own.added.get(pointer) || []), completed(sort, parts, evidence)]);
    corrected();
  });
  button.parentElement.before(form);
  form.querySelector('input, textarea, select').focus();
}

function formOf(sort, item, evidence, keep) {
  const inputs = PARTS[sort].map(([name, kind, needed, choices]) => ({ name, kind, needed, input: inputOf(kind, item[name], choices) }));
  const complaint = element('p', { class: 'complaint', role: 'alert' });
  const form = element('form', { class: 'edit', novalidate: true },
    ...inputs.map(({ name, input }) => element('label', {}, element('span', {}, partLabel(sort, name)), filled(input, { name }, []))),
    evidence ? element('p', { class: 'quiet' }, say('from_selection')) : null,
    complaint,
    element('div', { class: 'line' }, element('button', { type: 'submit', class: 'main' }, say('save')), element('button', { type: 'button', 'data-cancel': true, onclick: () => drawFields() }, say('cancel'))));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const parts = {};
    for (const { name, kind, needed, input } of inputs) {
      const text = input.value.normalize('NFC').trim();
      const wrong = text ? complaintOf(kind, text) : needed ? 'required' : '';
      if (wrong) {
        complaint.textContent = `${partLabel(sort, name)}: ${say(wrong)}`;
        input.focus();
        return;
      }
      parts[name] = text === '' ? null : kind === 'number' ? Number(text.replace(',', '.')) : text;
    }
    keep(parts);
  });
  return form;
}

function inputOf(kind, value, choices) {
  const text = value === null || value === undefined ? '' : String(value);
  if (kind === 'choice') {
    const select = element('select', {}, ...choices.map((choice) => element('option', { value: choice }, choice === '' ? say('unstated') : COMPARATORS[choice] || say(choice))));
    select.value = text;
    return select;
  }
  const input = element(kind === 'long' ? 'textarea' : 'input', kind === 'long' ? { rows: 5 } : { type: kind === 'day' ? 'date' : 'text', spellcheck: 'false', autocomplete: 'off' });
  input.value = text;
  return input;
}

function complaintOf(kind, text) {
  if (kind === 'day') return isDay(text) ? '' : 'bad_date';
  if (kind === 'partial') return isDay(text + '0000-01-01'.slice(text.length)) && [4, 7, 10].includes(text.length) ? '' : 'bad_date';
  if (kind === 'time') return /^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? '' : 'bad_time';
  if (kind === 'number') return Number.isFinite(Number(text.replace(',', '.'))) ? '' : 'bad_number';
  return '';
}
