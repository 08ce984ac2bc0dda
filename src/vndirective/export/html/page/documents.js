// Left: the documents, what needs review first.

const ROWS = 300; // rows made at once
const SHOWS = {
  all: () => true,
  needs_review: (doc) => doc.review > 0 || doc.warnings > 0,
  with_tasks: (doc) => doc.tasks > 0,
  scans: (doc) => doc.scan,
  corrected_ones: (doc, number) => countOf(number) > 0,
};
const ORDERS = {
  order_review: (one, other) => other.review - one.review || other.warnings - one.warnings,
  order_date: (one, other) => (other.date || '').localeCompare(one.date || ''),
  order_path: () => 0,
};

const list = { numbers: [], current: -1, limit: ROWS, words: [] };

function fillFilters() {
  const option = (value, text) => element('option', { value }, text);
  Object.keys(SHOWS).forEach((key) => byId('show').append(option(key, say(key))));
  Object.keys(ORDERS).forEach((key) => byId('order').append(option(key, say(key))));
  byId('type').append(option('', say('all_types')));
  const types = new Map(INDEX.documents.filter((doc) => doc.code).map((doc) => [doc.code, doc.type]));
  [...types].sort(([one], [other]) => one.localeCompare(other)).forEach(([code, name]) => byId('type').append(option(code, `${code} – ${name}`)));
}

/** What is searched of a document; words of its tasks come when the agenda is unpacked. */
function searchWords() {
  list.words = INDEX.documents.map((doc) =>
    folded([doc.number, doc.type, doc.subject, doc.issuer, doc.signer, doc.uri, printedDate(doc.date)].filter(Boolean).join(' ')));
}

function listDocuments() {
  const asked = byId('search').value.trim();
  const type = byId('type').value;
  const shows = SHOWS[byId('show').value];
  const order = ORDERS[byId('order').value];
  list.numbers = INDEX.documents
    .map((doc, number) => number)
    .filter((number) => {
      const doc = INDEX.documents[number];
      return shows(doc, number) && (!type || doc.code === type) && (!asked || holds(list.words[number], asked));
    })
    .sort((one, other) => order(INDEX.documents[one], INDEX.documents[other]) || one - other);
  list.limit = ROWS;
  drawDocuments();
  markCurrent();
}

function drawDocuments() {
  const box = byId('documents');
  const shown = list.numbers.slice(0, list.limit);
  const rest = list.numbers.length - shown.length;
  box.replaceChildren(
    ...shown.map(documentRow),
    ...(rest > 0 ? [element('button', { type: 'button', onclick: () => { list.limit += ROWS; drawDocuments(); } }, say('more', { n: Math.min(rest, ROWS) }))] : []),
    ...(shown.length ? [] : [element('p', { class: 'quiet' }, say('none_found'))]));
  byId('count').textContent = say('shown_of', { shown: list.numbers.length, all: INDEX.documents.length });
}

function documentRow(number) {
  const doc = INDEX.documents[number];
  const fixed = countOf(number);
  return element('div', { class: 'document', role: 'option', title: doc.uri, 'data-number': number, 'aria-selected': number === list.current, onclick: () => openDocument(number) },
    element('div', { class: 'line' },
      element('b', {}, doc.number || doc.type || say('no_number')),
      doc.urgency ? element('span', { class: 'badge urgent' }, doc.urgency) : null,
      element('span', { class: 'space' }),
      fixed ? element('span', { class: 'badge fixed', title: say('corrected_ones') }, '✎ ' + fixed) : null,
      doc.review ? element('span', { class: 'badge doubt', title: say('to_review', { n: doc.review }) }, doc.review) : null,
      doc.warnings ? element('span', { class: 'badge warn', title: say('warnings') }, '⚠') : null),
    element('div', { class: 'two' }, doc.subject || doc.uri),
    element('div', { class: 'quiet line' }, element('span', { class: 'one' }, doc.issuer || doc.uri), element('span', { class: 'space' }), element('span', { class: 'day' }, printedDate(doc.date) || say('no_date'))));
}

function refreshRow(number) {
  const row = byId('documents').querySelector(`[data-number="${number}"]`);
  if (row) row.replaceWith(documentRow(number));
  const count = countAll();
  byId('download').hidden = count === 0;
  byId('download').querySelector('b').textContent = `(${count})`;
}

function markCurrent() {
  byId('documents').querySelectorAll('.document').forEach((row) => {
    const own = Number(row.dataset.number) === list.current;
    row.setAttribute('aria-selected', String(own));
    if (own) row.scrollIntoView({ block: 'nearest' });
  });
}

function stepDocument(by) {
  const at = list.numbers.indexOf(list.current);
  const next = list.numbers[Math.max(0, Math.min(list.numbers.length - 1, at + by))];
  if (next !== undefined && next !== list.current) openDocument(next);
}

function listLeftOut() {
  if (!INDEX.left_out.length) return;
  byId('left-out').hidden = false;
  byId('left-out').querySelector('summary').textContent = '⚠ ' + say('left_out', { n: INDEX.left_out.length });
  byId('left-out').querySelector('ul').append(...INDEX.left_out.map((message) => element('li', {}, message)));
}
