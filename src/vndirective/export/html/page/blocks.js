// Data that stands in the page: words and index at once, the rest unpacked when asked for.

const WORDS = JSON.parse(document.getElementById('data-words').textContent);
const INDEX = JSON.parse(document.getElementById('data-index').textContent);
INDEX.documents = JSON.parse(document.getElementById('data-documents').textContent);
const LANG = INDEX.lang;

/** A word of the interface, with {names} filled in. */
function say(key, values) {
  const said = WORDS[key] || key;
  return values ? said.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole)) : said;
}

/** JSON from a deflated block; null where the browser cannot unpack it. */
async function unpacked(name) {
  const packed = document.getElementById('data-' + name);
  if (!packed) return null;
  const bytes = Uint8Array.from(atob(packed.textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return JSON.parse(await new Response(stream).text());
}

const opened = new Map(); // documents unpacked before, the latest last

/** A document: {record, why, warnings, points}; `points` are its code points where a letter takes two places. */
async function documentOf(number) {
  const known = opened.get(number);
  if (known) return known;
  const found = await unpacked('d' + number);
  const text = found.record.text || '';
  found.points = /[\ud800-\udfff]/.test(text) ? Array.from(text) : null;
  opened.set(number, found);
  if (opened.size > 30) opened.delete(opened.keys().next().value);
  return found;
}

/** Text between two code points. */
function textBetween(doc, start, end) {
  return doc.points ? doc.points.slice(start, end).join('') : (doc.record.text || '').slice(start, end);
}

/** "Ủy ban nhân dân" and "uy ban nhan dan" are one: no marks, no case. */
function folded(text) {
  return (text || '').normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}

/** Whether each word asked for stands in a folded text. */
function holds(text, asked) {
  return folded(asked).split(/\s+/).every((word) => text.includes(word));
}
