// What was corrected in this page, by document, and the JSON Patch (RFC 6902) that it becomes.
// Pointers are those of the record as it was opened: removed entries keep their place here, added ones stand behind.

const corrections = new Map(); // number of a document → {changed, right, removed, added}
let unsaved = false;

function correctionsOf(number) {
  if (!corrections.has(number)) {
    corrections.set(number, { changed: new Map(), right: new Set(), removed: new Set(), added: new Map() });
  }
  return corrections.get(number);
}

function countOf(number) {
  const own = corrections.get(number);
  if (!own) return 0;
  const added = [...own.added.values()].reduce((sum, items) => sum + items.length, 0);
  return own.changed.size + own.right.size + own.removed.size + added;
}

function countAll() {
  return [...corrections.keys()].reduce((sum, number) => sum + countOf(number), 0);
}

/** Forget what was corrected at a place. */
function restore(number, pointer) {
  const own = correctionsOf(number);
  own.changed.delete(pointer);
  own.right.delete(pointer);
  own.removed.delete(pointer);
}

/** The item as it stands after correction, and in what state it is. */
function currentItem(number, pointer, item) {
  const own = corrections.get(number);
  if (!own) return { item, state: '' };
  if (own.removed.has(pointer)) return { item, state: 'removed' };
  if (own.changed.has(pointer)) return { item: { ...(item || {}), ...own.changed.get(pointer) }, state: 'changed' };
  return { item, state: own.right.has(pointer) ? 'right' : '' };
}

const NO_EVIDENCE = { spans: [], quote: '', rule: 'human.correction', confidence: 1, reading: null, ocr_confidence: null };

/** A new value with all the parts that the schema asks for. */
function completed(sort, parts, evidence) {
  const whole = { evidence: evidence || NO_EVIDENCE };
  switch (sort) {
    case 'number': return { year: null, raw: [parts.value, parts.symbol].filter(Boolean).join('/'), ...parts, ...dependent(sort, parts), ...whole };
    case 'issuer': return { level: null, locality: null, ...parts, ...whole };
    case 'issued_on': return { raw: parts.iso, ...parts, ...dependent(sort, parts), ...whole };
    case 'meeting': return { date: null, ...parts, ...whole };
    case 'signatory': return { authority: null, chain: [], ...parts, ...whole };
    case 'assignee': return { source: 'sentence', ...parts, ...whole };
    case 'deadline': return { inclusive: null, precision: null, anchor: null, offset: null, basis: 'explicit', ...parts, ...whole };
    default: return { ...parts, ...whole };
  }
}

/** Parts that follow from others: "122" and "TB-UBND" give "122/TB-UBND", a date its year, month, day. */
function dependent(sort, parts, item) {
  if (sort === 'number') {
    const canonical = [parts.value, item && item.year, parts.symbol].filter(Boolean).join('/');
    return { canonical: parts.value && parts.symbol ? canonical : null };
  }
  if (sort === 'issued_on' || sort === 'meeting_date') {
    const [year, month, day] = parts.iso.split('-').map(Number);
    return { year, month: month || null, day: day || null };
  }
  return {};
}

/** A patch under way: operations, and the record as it is after them. */
class Patch {
  constructor(record) {
    this.operations = [];
    this.record = structuredClone(record);
  }

  test(path) {
    this.operations.push({ op: 'test', path, value: structuredClone(atPointer(this.record, path)) });
  }

  /** The text of the task around a pointer: an entry of a list is known by its task, not by its place alone. */
  testTask(pointer) {
    const task = pointer.match(/^\/tasks\/\d+(?=\/)/);
    if (task) this.test(task[0] + '/text');
  }

  write(op, path, value) {
    this.operations.push(op === 'remove' ? { op, path } : { op, path, value });
    const cut = path.lastIndexOf('/');
    const parent = atPointer(this.record, path.slice(0, cut));
    const last = path.slice(cut + 1);
    if (op === 'remove') parent.splice(Number(last), 1);
    else if (op === 'add') parent.push(structuredClone(value));
    else parent[last] = structuredClone(value);
  }
}

/** The operations for one document, [] for none. Edits come first, then what is added, then what is removed, from behind. */
function patchOf(number, record) {
  const own = corrections.get(number);
  if (!own) return [];
  const patch = new Patch(record);
  const gone = (pointer) => [...own.removed].some((one) => pointer === one || pointer.startsWith(one + '/'));
  const values = new Map(valuesOf(record).map((value) => [value.pointer, value]));
  for (const pointer of own.right) {
    if (gone(pointer) || own.changed.has(pointer)) continue;
    for (const [part] of PARTS[values.get(pointer).sort]) patch.test(`${pointer}/${part}`);
    patch.testTask(pointer);
    patch.write('replace', pointer + '/evidence/rule', 'human.confirmation');
    patch.write('replace', pointer + '/evidence/confidence', 1);
  }
  for (const [pointer, parts] of own.changed) {
    if (gone(pointer)) continue;
    const { sort, item } = values.get(pointer);
    if (!item) {
      patch.test(pointer);
      patch.write('replace', pointer, completed(sort, parts));
      continue;
    }
    const written = Object.entries(parts).filter(([part, value]) => item[part] !== value);
    patch.testTask(pointer);
    written.forEach(([part]) => patch.test(`${pointer}/${part}`));
    written.forEach(([part, value]) => patch.write('replace', `${pointer}/${part}`, value));
  }
  for (const [list, items] of own.added) {
    if (gone(list)) continue;
    for (const item of items) {
      patch.testTask(list);
      patch.write('add', list + '/-', item);
    }
  }
  // entries of tasks first, then targets and references, then tasks: nothing moves that is still to be written
  const rank = (pointer) => (/^\/tasks\/\d+$/.test(pointer) ? 2 : /^\/tasks\//.test(pointer) ? 0 : 1);
  const place = (pointer) => pointer.match(/\d+/g).map(Number);
  const later = (one, other) => rank(one) - rank(other) || place(other)[0] - place(one)[0] || (place(other)[1] || 0) - (place(one)[1] || 0);
  for (const pointer of [...own.removed].sort(later)) {
    if (rank(pointer) === 0 && own.removed.has(pointer.match(/^\/tasks\/\d+/)[0])) continue;
    removeAt(patch, pointer, values.get(pointer).sort);
  }
  return patch.operations;
}

function removeAt(patch, pointer, sort) {
  const id = atPointer(patch.record, pointer).id;
  const links = [];
  if (sort === 'target' || sort === 'reference') {
    patch.record.tasks.forEach((task, n) => {
      const at = task[sort + '_ids'].indexOf(id);
      if (at >= 0) links.push(['remove', `/tasks/${n}/${sort}_ids/${at}`]);
    });
  } else if (sort === 'task') {
    patch.record.targets.forEach((target, n) => {
      if (target.task_id === id) links.push(['replace', `/targets/${n}/task_id`, null]);
    });
  }
  for (const [part] of PARTS[sort]) patch.test(`${pointer}/${part}`);
  patch.testTask(pointer);
  links.forEach(([, path]) => patch.test(path));
  links.forEach(([op, path, value]) => patch.write(op, path, value));
  patch.write('remove', pointer);
}

/** The file for `vndirective apply`: a list of records with their patches. */
async function patchFile() {
  const file = [];
  for (const number of [...corrections.keys()].sort((one, other) => one - other)) {
    const doc = await documentOf(number);
    const patch = patchOf(number, doc.record);
    const { record, sha256 } = INDEX.documents[number];
    if (patch.length) file.push({ record, sha256, patch });
  }
  return file;
}

async function download() {
  const count = countAll();
  if (!count) return tell(say('no_corrections'));
  const text = JSON.stringify(await patchFile(), null, 1) + '\n';
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const name = 'patch.json';
  const link = element('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  unsaved = false;
  tell(say('downloaded', { n: count, file: name }));
}
