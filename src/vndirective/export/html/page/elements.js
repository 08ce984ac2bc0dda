// Elements without markup: text from a notice only ever becomes a text node.

/** element('p', {class: 'x', onclick: f}, 'text', child, …) */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  return filled(made, attributes, children);
}

const SVG = 'http://www.w3.org/2000/svg';

function drawn(name, attributes, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== '') made.append(child);
  }
  return made;
}

const byId = (name) => document.getElementById(name);

/** "2025-09-22" → "22/09/2025"; shorter dates likewise. */
function printedDate(iso) {
  return iso ? (LANG === 'vi' ? iso.split('-').reverse().join('/') : iso) : '';
}

/** Whether "2025-09-31" is a day of the calendar. */
function isDay(iso) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return false;
  const day = new Date(iso + 'T00:00:00Z');
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === iso;
}

let toastTimer = 0;

/** A line at the foot of the page for a while. */
function tell(text) {
  let toast = byId('toast');
  if (!toast) document.body.append((toast = element('p', { id: 'toast', role: 'status' })));
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (toast.hidden = true), 8000);
}
