// How long a review page takes to open: for scripts/bench_view.py, no test.

const { chromium } = require('playwright-core');
const { FLAGS } = require('./opened.js');

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  const start = Date.now();
  await page.goto(require('url').pathToFileURL(process.argv[2]).href, { waitUntil: 'commit', timeout: 120000 });
  await page.waitForSelector('.field', { timeout: 120000 });
  const shown = Date.now() - start;
  const before = Date.now();
  await page.click('[data-show=deadlines]');
  await page.waitForSelector('.agenda tbody tr', { timeout: 120000 });
  const agenda = Date.now() - before;
  const heap = await page.evaluate(() => performance.memory.usedJSHeapSize / 1e6);
  const pictures = await page.evaluate(() => JSON.parse(document.getElementById('data-documents').textContent).reduce((sum, doc) => sum + doc.pages.length, 0));
  await browser.close();
  console.log(JSON.stringify({ shown, agenda, heap, pictures }));
})();
