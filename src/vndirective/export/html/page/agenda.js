// Tasks of all documents, by lead unit or by week; days are counted from the day that is chosen.

const BATCH = 200; // tasks listed at once
const STATES = ['any_state', 'overdue', 'soon', 'later', 'recurring', 'undated'];
const agenda = { entries: null, words: [], limit: BATCH };

/** Unpack the agenda once: an entry a task and deadline. */
async function loadAgenda() {
  if (agenda.entries) return;
  const tasks = (await unpacked('agenda')) || [];
  agenda.entries = tasks.flatMap(([number, task, text, leads, others, deadlines]) => {
    const words = folded([text, ...leads, ...others].join(' '));
    list.words[number] += ' ' + words;
    const entry = (deadline) => ({ number, task, text, leads, others, deadline, words, due: deadline && (deadline[3] || (deadline[1] === 'from' ? deadline[2] : null)) });
    return deadlines.length ? deadlines.map(entry) : [entry(null)];
  });
}

const chosenDay = () => byId('day').value;
const daysBetween = (from, to) => Math.round((Date.parse(to + 'T00:00:00Z') - Date.parse(from + 'T00:00:00Z')) / 86400000);

/** State of an entry on the chosen day, and days left to the last day in time. */
function stateOf(entry) {
  if (!entry.deadline) return { state: 'undated', days: null };
  const [, kind, , , last, , rule] = entry.deadline;
  if (rule) return { state: 'recurring', days: null };
  if (!last) return { state: kind === 'from' && entry.due ? 'later' : 'undated', days: null };
  if (!chosenDay()) return { state: 'later', days: null };
  const days = daysBetween(chosenDay(), last);
  return { state: days < 0 ? 'overdue' : days <= 7 ? 'soon' : 'later', days };
}

function answers(entry) {
  const wanted = byId('state').value;
  const asked = byId('asked').value.trim();
  return (wanted === 'any_state' || stateOf(entry).state === wanted) && (!asked || holds(entry.words, asked));
}

function weekOf(iso) {
  const day = new Date(iso + 'T00:00:00Z');
  const monday = new Date(day);
  monday.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  const sunday = new Date(monday);
  sunday.setUTCDate(monday.getUTCDate() + 6);
  const thursday = new Date(monday);
  thursday.setUTCDate(monday.getUTCDate() + 3);
  const week = Math.floor((thursday - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 604800000) + 1;
  const iso10 = (one) => one.toISOString().slice(0, 10);
  return { key: iso10(monday), title: say('week', { week, first: printedDate(iso10(monday)), last: printedDate(iso10(sunday)) }) };
}

function groupsOf(entries, by) {
  const groups = new Map();
  const put = (key, title, entry) => {
    if (!groups.has(key)) groups.set(key, { title, entries: [] });
    groups.get(key).entries.push(entry);
  };
  for (const entry of entries) {
    if (by === 'units') (entry.leads.length ? entry.leads : ['']).forEach((name) => put(name, name || say('no_unit'), entry));
    else if (entry.due) { const { key, title } = weekOf(entry.due); put(key, title, entry); }
    else put('', say('no_week'), entry);
  }
  // units by their number of tasks; weeks from the chosen day on, then those before it from behind; what has neither is last
  const turn = by === 'deadlines' && chosenDay() ? weekOf(chosenDay()).key : '';
  const part = (key) => (key === '' ? 2 : key < turn ? 1 : 0);
  const within = ([one, a], [other, b]) =>
    by === 'units' ? b.entries.length - a.entries.length || one.localeCompare(other, 'vi') : one < turn ? other.localeCompare(one) : one.localeCompare(other);
  return [...groups].sort((one, other) => part(one[0]) - part(other[0]) || within(one, other)).map(([, group]) => group);
}

async function drawAgenda() {
  await loadAgenda();
  const by = document.body.dataset.view;
  if (by === 'documents') return;
  const found = agenda.entries.filter(answers).sort((one, other) => (one.due || '9999').localeCompare(other.due || '9999') || one.number - other.number || one.task - other.task);
  byId('agenda-count').textContent = say('task_count', { n: new Set(found.map((entry) => `${entry.number}/${entry.task}`)).size });
  drawTimeline(found);
  const rows = [];
  let left = agenda.limit;
  let rest = 0;
  for (const group of groupsOf(found, by)) {
    const taken = group.entries.slice(0, Math.max(0, left));
    left -= taken.length;
    rest += group.entries.length - taken.length;
    if (taken.length) rows.push(groupTable(group, taken, by));
  }
  if (rest > 0) rows.push(element('button', { type: 'button', onclick: () => { agenda.limit += BATCH; drawAgenda(); } }, say('more', { n: Math.min(rest, BATCH) })));
  byId('tasks').replaceChildren(...rows);
}

function groupTable(group, taken, by) {
  const heads = ['due', 'task', ...(by === 'units' ? [] : ['lead_unit']), 'others_unit', 'notice'];
  return element('table', { class: 'agenda' },
    element('caption', {}, `${group.title} (${group.entries.length})`),
    element('colgroup', {}, ...heads.map((key) => element('col', { class: key }))),
    element('thead', {}, element('tr', {}, ...heads.map((key) => element('th', { scope: 'col' }, say(key))))),
    element('tbody', {}, ...taken.map((entry) => agendaRow(entry, by))));
}

function agendaRow(entry, by) {
  const { state, days } = stateOf(entry);
  const doc = INDEX.documents[entry.number];
  const left = days === null ? '' : days < 0 ? say('days_over', { n: -days }) : days ? say('days_left', { n: days }) : say('last_day');
  const due = entry.deadline ? [entry.deadline[5], printedDate(entry.due)].filter(Boolean).join(' ') || entry.deadline[0] : '–';
  const lines = (names) => names.map((name) => element('div', {}, name));
  return element('tr', { class: state, tabindex: '0', onclick: () => openTask(entry), onkeydown: (event) => event.key === 'Enter' && openTask(entry) },
    element('td', { class: 'due', title: entry.deadline ? entry.deadline[0] : null }, element('div', {}, due), left || state === 'recurring' ? element('div', { class: 'left' }, left || say('recurring')) : null),
    element('td', { dir: 'auto' }, element('div', { class: 'three' }, entry.text)),
    ...(by === 'units' ? [] : [element('td', {}, ...lines(entry.leads))]),
    element('td', {}, ...lines(entry.others)),
    element('td', {}, element('b', {}, doc.number || say('no_number')), element('div', { class: 'quiet' }, doc.issuer || doc.uri)));
}

function openTask(entry) {
  openDocument(entry.number, `/tasks/${entry.task}`);
}
