// A picture of deadlines: a row a lead unit, a circle a day; spans of time as bars. Inline SVG.

const PERIODS = ['period_fitting', 'period_year', 'period_all'];
const LANES = 9; // units with a row of their own
const LANE = 22, LABEL = 250, TOP = 26, WIDE = 1280;

function drawTimeline(entries) {
  const dated = entries.filter((entry) => entry.due && !entry.deadline[6]);
  const box = byId('timeline');
  if (!dated.length) return box.replaceChildren(element('p', { class: 'quiet' }, say('timeline_empty')));
  const [first, last] = periodOf(dated.map((entry) => entry.due).sort());
  const at = (iso) => LABEL + ((Date.parse(iso + 'T00:00:00Z') - first) / (last - first)) * (WIDE - LABEL - 12);
  const inside = (iso) => at(iso) >= LABEL && at(iso) <= WIDE - 12;
  const near = dated.filter((entry) => inside(entry.due));
  const lanes = lanesOf(near.length ? near : dated);
  const height = TOP + lanes.length * LANE + 8;
  const picture = drawn('svg', { viewBox: `0 0 ${WIDE} ${height}`, role: 'img', 'aria-label': say('timeline') });
  picture.append(...axis(first, last, at, height));
  lanes.forEach((lane, row) => picture.append(...laneOf(lane, TOP + row * LANE + LANE / 2, at, inside)));
  if (chosenDay() && inside(chosenDay())) picture.append(drawn('line', { class: 'today', x1: at(chosenDay()), x2: at(chosenDay()), y1: 14, y2: height }));
  const before = dated.filter((entry) => at(entry.due) < LABEL).length;
  const after = dated.filter((entry) => at(entry.due) > WIDE - 12).length;
  const iso = (time) => printedDate(new Date(time).toISOString().slice(0, 10));
  const notes = [before && say('earlier', { n: before, day: iso(first) }), after && say('after', { n: after, day: iso(last) })].filter(Boolean);
  box.replaceChildren(picture, element('figcaption', { class: 'quiet' }, [say('timeline'), ...notes].join(' · ')));
}

/** First and last moment of the axis, from the first to the first of a month. */
function periodOf(days) {
  const wanted = byId('period').value;
  const month = (iso, by) => Date.UTC(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)) - 1 + by, 1);
  const day = chosenDay();
  if (day && wanted !== 'period_all') {
    const year = [month(day, -3), month(day, 9)];
    const held = days.filter((one) => Date.parse(one) >= year[0] && Date.parse(one) < year[1]).length;
    const wide = month(days[days.length - 1], 1) - month(days[0], 0) > 2 * 366 * 86400000;
    if (wanted === 'period_year' || (wide && held > 0)) return year;
  }
  if (wanted === 'period_all') return [month(days[0], 0), month(days[days.length - 1], 1)];
  // what lies far off is counted at the edge, so that the rest stays apart
  const share = (part) => days[Math.min(days.length - 1, Math.floor(days.length * part))];
  return [month(share(0.04), 0), month(share(0.96), 1)];
}

function lanesOf(dated) {
  const units = new Map();
  for (const entry of dated) for (const name of entry.leads.length ? entry.leads : ['']) units.set(name, [...(units.get(name) || []), entry]);
  const sorted = [...units].sort(([one, a], [other, b]) => (one === '') - (other === '') || b.length - a.length || one.localeCompare(other, 'vi'));
  const own = sorted.slice(0, LANES).map(([name, entries]) => ({ name: name || say('no_unit'), entries }));
  const rest = sorted.slice(LANES);
  if (rest.length) own.push({ name: say('other_units', { n: rest.length }), entries: [...new Set(rest.flatMap(([, entries]) => entries))] });
  return own;
}

/** Months below years; every second, third … month where they stand close. */
function axis(first, last, at, height) {
  const marks = [];
  const months = Math.round((last - first) / 2629800000);
  const step = [1, 2, 3, 6, 12, 24, 60].find((one) => months / one <= 20) || 120;
  const day = new Date(first);
  for (let n = 0; n <= months; n += 1) {
    const iso = day.toISOString().slice(0, 10);
    const [year, month] = iso.split('-').map(Number);
    if ((year * 12 + month - 1) % step === 0 || n === 0) {
      marks.push(drawn('line', { class: month === 1 ? 'year' : 'month', x1: at(iso), x2: at(iso), y1: TOP - 8, y2: height }));
      if (n < months) marks.push(drawn('text', { class: 'tick', x: at(iso) + 3, y: TOP - 10 }, step >= 12 ? String(year) : `${String(month).padStart(2, '0')}/${year}`));
    }
    day.setUTCMonth(day.getUTCMonth() + 1);
  }
  return marks;
}

function laneOf(lane, y, at, inside) {
  const shown = lane.name.length > 38 ? lane.name.slice(0, 37) + '…' : lane.name;
  const marks = [
    drawn('text', { class: 'lane', x: LABEL - 8, y: y + 4, 'text-anchor': 'end' }, shown, drawn('title', {}, lane.name)),
    drawn('line', { class: 'rule', x1: LABEL, x2: WIDE - 12, y1: y, y2: y }),
  ];
  const days = new Map();
  for (const entry of lane.entries) {
    const [, kind, start, end] = entry.deadline;
    if (start && end && ['between', 'during'].includes(kind) && inside(end)) {
      marks.push(drawn('line', { class: 'stretch', x1: Math.max(LABEL, at(start)), x2: at(end), y1: y, y2: y }));
    }
    days.set(entry.due, [...(days.get(entry.due) || []), entry]);
  }
  for (const [day, entries] of [...days].sort()) {
    if (!inside(day)) continue;
    const states = entries.map((entry) => stateOf(entry).state);
    const state = ['overdue', 'soon', 'later'].find((one) => states.includes(one)) || 'later';
    const title = entries.slice(0, 4).map((entry) => `${printedDate(day)} · ${entry.text.slice(0, 90)}`).join('\n') + (entries.length > 4 ? `\n+${entries.length - 4}` : '');
    marks.push(drawn('circle', { class: `point ${state}`, cx: at(day), cy: y, r: Math.min(9, 3.5 + 1.5 * Math.sqrt(entries.length - 1)), onclick: () => openTask(entries[0]) }, drawn('title', {}, title)));
  }
  return marks;
}
