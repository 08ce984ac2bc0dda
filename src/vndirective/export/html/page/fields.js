// Right: the values, each beside its confidence and what can be done about it.

const current = { number: -1, doc: null, pointer: '' };

async function openDocument(number, pointer) {
  list.current = number;
  markCurrent();
  show('documents');
  byId('fields').replaceChildren(element('p', { class: 'quiet' }, say('loading')));
  try {
    const doc = await documentOf(number);
    if (list.current !== number) return; // another was opened meanwhile
    Object.assign(current, { number, doc, pointer: '' });
    drawSource(number, doc);
    drawFields();
    byId('fields').scrollTop = 0;
    document.title = `${INDEX.documents[number].number || INDEX.documents[number].uri} – ${say('page_title')}`;
    if (pointer) select(pointer, 'agenda');
  } catch (error) {
    byId('fields').replaceChildren(element('p', { class: 'quiet' }, say('cannot_open')));
    throw error;
  }
}

function isDoubtful(value) {
  const own = corrections.get(current.number);
  return current.doc.record.review.includes(value.pointer) && !(own && (own.changed.has(value.pointer) || own.right.has(value.pointer) || own.removed.has(value.pointer)));
}

function drawFields() {
  const { doc, number } = current;
  const only = byId('doubtful').checked;
  const values = valuesOf(doc.record);
  const wanted = (value) => !only || isDoubtful(value) || value.pointer === current.pointer;
  const parts = [];
  const section = (title, rows) => {
    if (rows.length) parts.push(element('h2', {}, title), ...rows);
  };
  const info = INDEX.documents[number];
  parts.push(element('div', { class: 'title' },
    element('b', {}, [info.type, info.number].filter(Boolean).join(' ') || info.uri),
    element('div', { class: 'quiet one', title: info.uri }, info.uri + (info.part ? ` (${info.part})` : ''))));
  if (doc.warnings.length) section(say('warnings'), doc.warnings.map((message) => element('p', { class: 'warning' }, '⚠ ' + message)));
  section(say('header'), values.filter((value) => HEADER.includes(value.sort) || value.sort === 'meeting_date').filter((value) => (value.item || !only) && wanted(value)).map(fieldRow));
  const plain = (sort, title) => section(title, values.filter((value) => value.sort === sort && wanted(value)).map(fieldRow));
  plain('addressee', say('addressees'));
  const tasks = values.filter((value) => value.sort === 'task').map((task) => {
    const inner = values.filter((value) => value.task === task.task && value.sort !== 'task' && wanted(value));
    if (!wanted(task) && !inner.length) return null;
    const added = addedRows(`/tasks/${task.task}/assignees`, 'assignee').concat(addedRows(`/tasks/${task.task}/deadlines`, 'deadline'));
    return element('section', { class: 'task' }, fieldRow(task), ...inner.map(fieldRow), ...added,
      element('div', { class: 'adds' },
        element('button', { type: 'button', 'data-add': `/tasks/${task.task}/assignees`, onclick: (event) => openAddForm(event.target.parentElement, 'assignee', `/tasks/${task.task}/assignees`) }, say('add_assignee')),
        element('button', { type: 'button', 'data-add': `/tasks/${task.task}/deadlines`, onclick: (event) => openAddForm(event.target.parentElement, 'deadline', `/tasks/${task.task}/deadlines`) }, say('add_deadline'))));
  }).filter(Boolean);
  section(`${say('tasks')} (${doc.record.tasks.length})`, tasks);
  plain('target', say('targets'));
  plain('reference', say('references'));
  plain('recipient', say('recipients'));
  byId('fields').replaceChildren(...parts);
  if (current.pointer) markField(current.pointer);
}

function fieldRow(value) {
  const { item, state } = currentItem(current.number, value.pointer, value.item);
  const [text, beside] = shownValue(value.sort, item);
  const doubtful = isDoubtful(value);
  const why = doubtful ? current.doc.why[value.pointer] || [] : [];
  const actions = element('span', { class: 'actions' });
  const action = (key, sign, act) => actions.append(element('button', { type: 'button', 'data-act': key, title: say(key), 'aria-label': say(key), onclick: (event) => { event.stopPropagation(); act(); } }, sign));
  if (state) action('undo', '↺', () => undo(value.pointer));
  if (state !== 'removed') {
    if (!state && value.item && !Array.isArray(value.item.evidence) && !isConfirmed(value.item)) action('confirm', '✓', () => confirmValue(value));
    action('edit', '✎', () => openEditForm(value));
    if (!state && /\/\d+$/.test(value.pointer)) action('remove', '✕', () => removeValue(value));
  }
  return element('div', {
    class: `field ${value.kind} ${state}${doubtful ? ' doubtful' : ''}`, 'data-field': value.pointer, role: 'button', tabindex: '-1',
    onclick: () => select(value.pointer, 'fields'),
  },
    element('span', { class: 'label' }, value.label),
    element('div', { class: 'value' },
      text || beside ? element('span', { class: 'text', dir: 'auto' }, text) : element('span', { class: 'quiet' }, say('absent')),
      beside ? element('span', { class: 'beside', dir: 'auto' }, beside) : null,
      state ? element('span', { class: 'badge fixed' }, say({ changed: 'changed_here', removed: 'removed_here', right: 'right_here' }[state])) : null,
      state === 'changed' && value.item ? element('span', { class: 'was' }, `${say('was')}: ${shownValue(value.sort, value.item).filter(Boolean).join(' · ')}`) : null,
      ...why.map((reason) => element('span', { class: 'why' }, reason))),
    element('span', { class: 'sure' }, sureText(value, state)),
    actions);
}

function isConfirmed(item) {
  return Boolean(item.evidence && item.evidence.rule && item.evidence.rule.startsWith('human.'));
}

/** The confidence as a whole share, or that a person has looked. */
function sureText(value, state) {
  const evidence = value.item && value.item.evidence;
  if (state || !evidence || Array.isArray(evidence)) return '';
  if (evidence.rule === 'human.correction') return say('by_hand');
  if (evidence.rule === 'human.confirmation') return say('right_by_hand');
  return ['addressee', 'meeting'].includes(value.sort) ? '' : `${Math.floor(100 * evidence.confidence)} %`;
}

function addedRows(pointer, sort) {
  const own = corrections.get(current.number);
  return ((own && own.added.get(pointer)) || []).map((item, n) => {
    const [text, beside] = shownValue(sort, item);
    return element('div', { class: `field ${COLOURS[sort]} added`, 'data-field': `${pointer}/+${n}` },
      element('span', { class: 'label' }, say(sort)),
      element('div', { class: 'value' }, element('span', { class: 'text' }, text), element('span', { class: 'beside' }, beside), element('span', { class: 'badge fixed' }, say('changed_here'))),
      element('span', { class: 'sure' }),
      element('span', { class: 'actions' }, element('button', { type: 'button', 'data-act': 'undo', title: say('undo'), 'aria-label': say('undo'), onclick: () => { own.added.get(pointer).splice(n, 1); corrected(); } }, '↺')));
  });
}

/** Choose a value; the side it was not chosen on scrolls to it. */
function select(pointer, from) {
  current.pointer = pointer;
  if (!byId('fields').querySelector(`[data-field="${pointer}"]`)) drawFields();
  markField(pointer, from !== 'fields');
  const found = showInSource(pointer, from !== 'source');
  if (!found && from !== 'source' && spansOf(atPointer(current.doc.record, pointer)).length && byId('source').dataset.side === 'pages') {
    turnSource('text'); // the page of this value has no picture
    showInSource(pointer, true);
  }
}

function markField(pointer, scroll) {
  byId('fields').querySelectorAll('.chosen').forEach((one) => one.classList.remove('chosen'));
  const row = byId('fields').querySelector(`[data-field="${pointer}"]`);
  if (!row) return;
  row.classList.add('chosen');
  if (scroll) row.scrollIntoView({ block: 'nearest' });
}

function turnSource(side) {
  KEPT_SIDE.side = side;
  if (current.doc) drawSource(current.number, current.doc);
  if (current.pointer) showInSource(current.pointer, true);
}

function stepField(by) {
  const rows = [...byId('fields').querySelectorAll('.field:not(.added)')];
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.dataset.field === current.pointer);
  const next = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by))];
  select(next.dataset.field, 'keys');
  next.scrollIntoView({ block: 'nearest' });
}

/** The next doubtful value, in this document or the next one that has some. */
async function nextDoubt() {
  if (current.doc) {
    const values = valuesOf(current.doc.record);
    const at = values.findIndex((value) => value.pointer === current.pointer);
    const next = values.slice(at + 1).find(isDoubtful);
    if (next) return select(next.pointer, 'keys');
  }
  const here = list.numbers.indexOf(current.number);
  const number = list.numbers.slice(here + 1).find((one) => INDEX.documents[one].review > 0);
  if (number === undefined) return;
  await openDocument(number);
  const first = valuesOf(current.doc.record).find(isDoubtful);
  if (first) select(first.pointer, 'keys');
}
