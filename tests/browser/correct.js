// A clerk corrects a document and downloads the patch.
// Argument: {uri, save, steps: [[act, pointer, {part: text}], …]}; a step with {} keeps what the form offers. Result: what the rows said after each step.

const { opened, openRecord } = require('./opened.js');

opened(async (page, { uri, save, steps }) => {
  await openRecord(page, uri);
  const said = [];
  for (const [act, pointer, parts] of steps) {
    if (act === 'select') { // the words to come as evidence, marked in the text as with a mouse
      await page.evaluate((words) => {
        const walker = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const at = walker.currentNode.data.indexOf(words);
          if (at >= 0) return getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
        }
        throw new Error(`not in the text: ${words}`);
      }, pointer);
      continue;
    }
    if (act === 'add') {
      await page.click(`[data-add="${pointer}"]`);
    } else {
      await page.click(`[data-field="${pointer}"] .label`);
      await page.click(`[data-field="${pointer}"] [data-act="${act}"]`);
    }
    for (const [part, text] of Object.entries(parts || {})) {
      const input = page.locator(`form.edit [name="${part}"]`);
      if ((await input.evaluate((one) => one.tagName)) === 'SELECT') await input.selectOption(text);
      else await input.fill(text);
    }
    if (parts) await page.click('form.edit [type=submit]');
    said.push(await page.evaluate(() => ({
      complaint: document.querySelector('.complaint')?.textContent || '',
      fixed: [...document.querySelectorAll('#fields .badge.fixed')].map((one) => one.textContent),
      count: document.querySelector('#download b').textContent,
    })));
    if (await page.$('form.edit')) await page.click('form.edit [data-cancel]');
  }
  if (save) {
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('#download')]);
    await file.saveAs(save);
    said.push(file.suggestedFilename());
  }
  return said;
});
