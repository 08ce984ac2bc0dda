// The values of a record: pointer, kind (colour), label, parts that can be edited.

const ROLES = ['lead', 'coordinate', 'implement', 'report_to'];
const DEADLINES = ['by', 'within', 'between', 'during', 'from', 'recurring', 'event'];
const COMPARATORS = { eq: '=', ge: '≥', gt: '>', le: '≤', lt: '<' };

// part: [name, sort, choices]; sorts: text, long, day, partial (a date as far as known), time, number, choice
const PARTS = {
  doc_type: [['name', 'text', 1], ['code', 'text', 1]],
  number: [['value', 'text'], ['symbol', 'text']],
  issuer: [['name', 'text', 1], ['parent', 'text']],
  place: [['name', 'text', 1]],
  issued_on: [['iso', 'partial', 1]],
  subject: [['text', 'long', 1]],
  marks: [['urgency', 'text'], ['secrecy', 'text'], ['circulation', 'text']],
  meeting: [['name', 'long'], ['chair', 'text']],
  meeting_date: [['iso', 'partial', 1]],
  signatory: [['name', 'text'], ['position', 'text'], ['on_behalf_of', 'text']],
  addressee: [['name', 'text', 1]],
  recipient: [['name', 'text', 1], ['purpose', 'choice', 0, ['', 'report', 'implement', 'coordinate', 'inform']]],
  task: [['text', 'long', 1]],
  assignee: [['name', 'text', 1], ['role', 'choice', 1, ROLES]],
  deadline: [['raw', 'text', 1], ['kind', 'choice', 1, DEADLINES], ['start', 'day'], ['end', 'day'], ['time', 'time'], ['recurrence', 'text']],
  target: [['metric', 'long', 1], ['comparator', 'choice', 1, Object.keys(COMPARATORS)], ['value', 'number', 1], ['unit', 'text'], ['due', 'day']],
  reference: [['canonical', 'text'], ['doc_type', 'text'], ['date', 'partial'], ['issuer', 'text']],
};
const COLOURS = {
  doc_type: 'head', number: 'head', issuer: 'head', place: 'head', issued_on: 'head', subject: 'head', marks: 'head',
  meeting: 'head', meeting_date: 'head', signatory: 'person', addressee: 'recipient', recipient: 'recipient',
  task: 'task', assignee: 'assignee', deadline: 'deadline', target: 'target', reference: 'reference',
};
const LEGEND = ['head', 'task', 'assignee', 'deadline', 'target', 'reference', 'recipient', 'person'];
const HEADER = ['doc_type', 'number', 'issuer', 'place', 'issued_on', 'subject', 'marks', 'meeting', 'signatory'];

function partLabel(sort, name) {
  if (sort === 'target' && name === 'value') return say('part_amount');
  if (sort === 'target' && name === 'unit') return say('part_unit');
  if (name === 'doc_type') return say('doc_type');
  return say('part_' + name);
}

/** Every value in the order of the record; `item` is null for a header field that is not there. */
function valuesOf(record) {
  const found = [];
  const value = (sort, pointer, item, task) =>
    found.push({ sort, pointer, item, task, kind: COLOURS[sort], label: say(sort) });
  const all = (sort, name) => record[name].forEach((item, n) => value(sort, `/${name}/${n}`, item));
  for (const name of HEADER) {
    value(name, '/' + name, record[name]);
    if (name === 'meeting' && record.meeting && record.meeting.date) value('meeting_date', '/meeting/date', record.meeting.date);
  }
  all('addressee', 'addressees');
  record.tasks.forEach((task, n) => {
    value('task', `/tasks/${n}`, task, n);
    task.assignees.forEach((item, m) => value('assignee', `/tasks/${n}/assignees/${m}`, item, n));
    task.deadlines.forEach((item, m) => value('deadline', `/tasks/${n}/deadlines/${m}`, item, n));
  });
  all('target', 'targets');
  all('reference', 'references');
  all('recipient', 'recipients');
  return found;
}

/** Where a value stands: spans of its evidence; marks have one evidence each. */
function spansOf(item) {
  if (!item || !item.evidence) return [];
  return (Array.isArray(item.evidence) ? item.evidence : [item.evidence]).flatMap((one) => one.spans);
}

function atPointer(record, pointer) {
  return pointer.split('/').slice(1).reduce((value, step) => (value === null || value === undefined ? value : value[step]), record);
}

/** A value as a line of text, and what is said beside it. */
function shownValue(sort, item) {
  if (!item) return ['', ''];
  switch (sort) {
    case 'doc_type': return [item.name, item.code];
    case 'number': return [item.canonical || item.symbol || item.raw || '', ''];
    case 'issuer': return [item.name, item.parent || ''];
    case 'issued_on': case 'meeting_date': return [printedDate(item.iso), ''];
    case 'subject': case 'task': return [item.text, ''];
    case 'marks': return [[item.urgency, item.secrecy, item.circulation].filter(Boolean).join(' · '), ''];
    case 'meeting': return [item.name || '', item.chair || ''];
    case 'signatory': return [item.name || '', [item.position, item.on_behalf_of].filter(Boolean).join(' · ')];
    case 'recipient': return [item.name, item.purpose ? say(item.purpose) : ''];
    case 'assignee': return [item.name, say(item.role)];
    case 'deadline': return [item.raw, dueText(item)];
    case 'target': return [item.metric, amountText(item)];
    case 'reference': return [item.canonical || item.raw, [item.doc_type, printedDate(item.date)].filter(Boolean).join(', ')];
    default: return [item.name || '', ''];
  }
}

function dueText(deadline) {
  const days = [deadline.start, deadline.end].filter(Boolean).map(printedDate).join(' – ');
  return [say(deadline.kind), deadline.time, days, deadline.recurrence].filter(Boolean).join(' · ');
}

function amountText(target) {
  const amount = (value) => value.toLocaleString(LANG === 'vi' ? 'vi-VN' : 'en-GB');
  const most = target.value_max === null ? '' : ' – ' + amount(target.value_max);
  return `${COMPARATORS[target.comparator] || ''} ${amount(target.value)}${most} ${target.unit || ''}`.trim() + (target.due ? ` · ${printedDate(target.due)}` : '');
}
