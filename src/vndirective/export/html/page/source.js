// Middle: the pages as pictures with boxes, or the text, every span in the colour of its kind.

const KEPT_SIDE = { side: 'pages' };

function drawSource(number, doc) {
  const pages = INDEX.documents[number].pages;
  byId('sides').hidden = pages.length === 0;
  const side = pages.length ? KEPT_SIDE.side : 'text';
  byId('sides').querySelectorAll('button').forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.side === side)));
  const values = valuesOf(doc.record).filter((value) => spansOf(value.item).length);
  byId('source').replaceChildren(...(side === 'pages' ? pagesOf(number, values, pages) : [textOf(doc, values)]));
  byId('source').dataset.side = side;
  byId('source').scrollTop = 0;
}

const pictures = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting) drawPicture(target);
  }
}, { rootMargin: '800px' });

function drawPicture(image) {
  pictures.unobserve(image);
  if (!image.hasAttribute('src')) image.src = 'data:image/webp;base64,' + byId(image.dataset.block).textContent;
}

// paper shows every page, also those that were not scrolled to
window.addEventListener('beforeprint', () => byId('source').querySelectorAll('img').forEach(drawPicture));

function pagesOf(number, values, pages) {
  pictures.disconnect();
  return pages.map(([page, width, height]) => {
    const image = element('img', { alt: say('page_n', { n: page }), width: Math.round(width), height: Math.round(height), 'data-block': `data-p${number}-${page}` });
    pictures.observe(image);
    const sheet = element('figure', { class: 'sheet', 'data-page': page }, image);
    sheet.style.aspectRatio = `${width} / ${height}`;
    const boxes = values.flatMap((value) =>
      spansOf(value.item).filter((span) => span.page === page).flatMap((span) => (span.boxes || []).map((box) => ({ value, box }))));
    const area = ({ box: [x0, top, x1, bottom] }) => (x1 - x0) * (bottom - top);
    boxes.sort((one, other) => (other.value.sort === 'task') - (one.value.sort === 'task') || area(other) - area(one));
    for (const { value, box: [x0, top, x1, bottom] } of boxes) {
      const box = element('div', { class: `box ${value.kind}`, 'data-pointer': value.pointer, title: value.label, onclick: () => select(value.pointer, 'source') });
      Object.assign(box.style, { left: `${(100 * x0) / width}%`, top: `${(100 * top) / height}%`, width: `${(100 * (x1 - x0)) / width}%`, height: `${(100 * (bottom - top)) / height}%` });
      sheet.append(box);
    }
    return sheet;
  });
}

function textOf(doc, values) {
  if (doc.record.text === null) return element('p', { class: 'quiet' }, say('no_text'));
  const length = doc.points ? doc.points.length : doc.record.text.length;
  const spans = values.flatMap((value) => spansOf(value.item).map((span) => ({ value, start: span.start, end: Math.min(span.end, length) })));
  const cuts = [...new Set([0, length, ...spans.flatMap((span) => [span.start, span.end])])].sort((one, other) => one - other);
  const starts = new Map();
  spans.forEach((span) => starts.set(span.start, [...(starts.get(span.start) || []), span]));
  const box = element('div', { id: 'text', dir: 'auto' });
  let open = [];
  for (let n = 0; n + 1 < cuts.length; n += 1) {
    const [start, end] = [cuts[n], cuts[n + 1]];
    open = open.filter((span) => span.end > start).concat(starts.get(start) || []);
    const text = textBetween(doc, start, end);
    if (!open.length) {
      box.append(element('span', { 'data-start': start }, text));
      continue;
    }
    const inner = [...open].sort((one, other) => one.end - one.start - (other.end - other.start));
    const pointers = [...new Set(inner.map((span) => span.value.pointer))];
    const kinds = [...new Set(inner.map((span) => span.value.kind))];
    box.append(element('mark', {
      class: kinds[0] + (kinds[0] !== 'task' && kinds.includes('task') ? ' in-task' : ''),
      'data-start': start, 'data-pointers': pointers.join(' '), title: inner[0].value.label,
      onclick: () => selectNext(pointers),
    }, text));
  }
  return box;
}

/** A click takes the smallest value there, a second one the value around it. */
function selectNext(pointers) {
  if (String(window.getSelection())) return; // words are being marked as evidence
  select(pointers[(pointers.indexOf(current.pointer) + 1) % pointers.length], 'source');
}

function highlightsOf(pointer) {
  return [...byId('source').querySelectorAll('[data-pointer], [data-pointers]')].filter((one) =>
    one.dataset.pointer === pointer || (one.dataset.pointers || '').split(' ').includes(pointer));
}

function showInSource(pointer, scroll) {
  byId('source').querySelectorAll('.chosen').forEach((one) => one.classList.remove('chosen'));
  const found = highlightsOf(pointer);
  found.forEach((one) => one.classList.add('chosen'));
  if (found.length && scroll) found[0].scrollIntoView({ block: 'center' });
  return found.length > 0;
}

/** Evidence from the words that are selected in the text; null for none. */
function selectedEvidence(doc) {
  const chosen = window.getSelection();
  const box = byId('text');
  if (!box || !chosen.rangeCount || chosen.isCollapsed || !box.contains(chosen.anchorNode) || !box.contains(chosen.focusNode)) return null;
  const range = chosen.getRangeAt(0);
  const at = (node, offset) => {
    const holder = node.nodeType === Node.TEXT_NODE ? node.parentElement : node.children[offset] || node;
    const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, offset) : '';
    return holder.dataset.start === undefined ? null : Number(holder.dataset.start) + Array.from(before).length;
  };
  const [start, end] = [at(range.startContainer, range.startOffset), at(range.endContainer, range.endOffset)];
  if (start === null || end === null || end <= start) return null;
  return { ...NO_EVIDENCE, spans: [{ start, end, page: null, boxes: null }], quote: textBetween(doc, start, end) };
}
