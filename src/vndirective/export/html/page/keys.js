// Keyboard: one letter each, never while somebody types.

const KEYS = {
  j: () => stepField(1),
  k: () => stepField(-1),
  J: () => stepDocument(1),
  K: () => stepDocument(-1),
  n: () => nextDoubt(),
  c: () => pressOn('confirm'),
  e: () => pressOn('edit'),
  t: () => turnSource(byId('source').dataset.side === 'pages' ? 'text' : 'pages'),
  s: () => download(),
  1: () => show('documents'),
  2: () => show('units'),
  3: () => show('deadlines'),
  '/': () => byId(document.body.dataset.view === 'documents' ? 'search' : 'asked').focus(),
  '?': () => byId('help').showModal(),
};
const OF_DOCUMENTS = new Set(['j', 'k', 'J', 'K', 'n', 'c', 'e', 't']);

/** Press a button of the chosen field. */
function pressOn(act) {
  const row = current.pointer && byId('fields').querySelector(`[data-field="${current.pointer}"]`);
  const button = row && row.querySelector(`[data-act="${act}"]`);
  if (button) button.click();
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || byId('help').open) return;
  const typing = event.target.closest('input:not([type=checkbox]), textarea, select');
  if (event.key === 'Escape') {
    if (event.target.closest('form.edit')) drawFields();
    else if (typing) typing.blur();
    return;
  }
  if (typing || !Object.hasOwn(KEYS, event.key)) return;
  if (OF_DOCUMENTS.has(event.key) && document.body.dataset.view !== 'documents') return;
  event.preventDefault();
  KEYS[event.key]();
});
