// Every value of some documents: the words that its highlight covers, and whether a click on either side finds the other.
// Argument: [uri, …]. Result: {uri: {pointer: {words, fromField, fromSource, box}}}

const { opened, openRecord, until } = require('./opened.js');

opened(async (page, uris) => {
  const found = {};
  for (const uri of uris) {
    await openRecord(page, uri);
    found[uri] = await page.evaluate(() => {
      const of = (pointer) => [...document.querySelectorAll('#source [data-pointer], #source [data-pointers]')].filter((one) =>
        one.dataset.pointer === pointer || (one.dataset.pointers || '').split(' ').includes(pointer));
      const pointers = [...document.querySelectorAll('#fields [data-field]')].map((row) => row.dataset.field);
      const values = {};
      for (const pointer of pointers) {
        const highlights = of(pointer);
        if (!highlights.length) continue;
        document.querySelector(`[data-field="${pointer}"]`).click();
        const fromField = of(pointer).every((one) => one.classList.contains('chosen'));
        const chosen = document.querySelectorAll('#source .chosen').length === highlights.length;
        // a click on the highlight goes through the values that lie there, this one among them
        const row = () => document.querySelector('#fields .field.chosen');
        let fromSource = false;
        document.querySelector('#fields .field').click();
        for (let n = 0; n < 8 && !fromSource; n += 1) {
          of(pointer)[0].click();
          fromSource = row() !== null && row().dataset.field === pointer;
        }
        const sheet = highlights[0].closest('.sheet');
        const box = sheet && highlights.map((one) => {
          const [inner, outer] = [one.getBoundingClientRect(), one.closest('.sheet').getBoundingClientRect()];
          return [(inner.left - outer.left) / outer.width, (inner.top - outer.top) / outer.height, (inner.right - outer.left) / outer.width, (inner.bottom - outer.top) / outer.height];
        });
        values[pointer] = { words: highlights.map((one) => one.textContent).join(''), fromField: fromField && chosen, fromSource, box };
      }
      return values;
    });
    const picture = await page.$('.sheet img');
    if (picture) await until(page, () => document.querySelector('.sheet img').naturalWidth > 0);
  }
  return found;
});
