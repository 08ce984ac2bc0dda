// Wiring, and the first document.

function show(view) {
  if (document.body.dataset.view === view) return;
  document.body.dataset.view = view;
  document.querySelectorAll('[data-show]').forEach((tab) => tab.setAttribute('aria-selected', String(tab.dataset.show === view)));
  agenda.limit = BATCH;
  if (view !== 'documents') drawAgenda();
}

function onInput(ids, act) {
  let timer = 0;
  ids.forEach((name) => byId(name).addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(act, 120);
  }));
}

function turnTheme() {
  const dark = document.documentElement.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  document.documentElement.dataset.theme = dark === 'dark' ? 'light' : 'dark';
}

fillFilters();
searchWords();
listDocuments();
listLeftOut();
STATES.forEach((key) => byId('state').append(element('option', { value: key }, say(key))));
PERIODS.forEach((key) => byId('period').append(element('option', { value: key }, say(key))));
const now = new Date();
byId('day').value = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
byId('legend').append(...LEGEND.map((kind) => element('span', { class: `swatch ${kind}` }, say(kind))));
document.querySelectorAll('[data-show]').forEach((tab) => tab.addEventListener('click', () => show(tab.dataset.show)));
document.querySelectorAll('[data-side]').forEach((button) => button.addEventListener('click', () => turnSource(button.dataset.side)));
onInput(['search', 'show', 'type', 'order'], listDocuments);
onInput(['day', 'state', 'asked', 'period'], () => { agenda.limit = BATCH; drawAgenda(); });
byId('doubtful').addEventListener('change', () => current.doc && drawFields());
byId('next-doubt').addEventListener('click', nextDoubt);
byId('download').addEventListener('click', download);
byId('theme').addEventListener('click', turnTheme);
byId('print').addEventListener('click', () => window.print());
byId('help-open').addEventListener('click', () => byId('help').showModal());
window.addEventListener('beforeunload', (event) => { if (unsaved) event.preventDefault(); });
if (list.numbers.length) openDocument(list.numbers[0]);
// words of tasks are searched too, once there is time to unpack them
(window.requestIdleCallback || setTimeout)(() => loadAgenda().then(() => byId('search').value && listDocuments()));
