// A review page in headless Chromium: what a scenario finds, what the console said, what tried to leave the page.

const { chromium } = require('playwright-core');

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Runs `act(page, argument)` on FILE from the command line and prints {result, errors, requests} as JSON. */
async function opened(act, { width = 1366, height = 768, scheme = 'light' } = {}) {
  const [file, argument] = process.argv.slice(2);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, locale: 'vi-VN', acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  const [errors, requests] = [[], []];
  page.on('console', (message) => errors.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => errors.push(String(error.stack)));
  page.on('dialog', (dialog) => { errors.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  const address = require('url').pathToFileURL(file).href;
  await context.route('**/*', (route) => {
    const asked = route.request().url();
    if (asked === address || asked.startsWith('data:') || asked.startsWith('blob:')) return route.continue();
    requests.push(asked);
    return route.abort();
  });
  await page.goto(address);
  await page.waitForSelector('.field, .document ~ p, #documents > p');
  const result = await act(page, argument ? JSON.parse(argument) : null);
  await browser.close();
  console.log(JSON.stringify({ result, errors, requests }));
}

/** Waits until `holds` is true in the page; asked again and again from outside, as the page's policy lets no other script in. */
async function until(page, holds, argument) {
  for (let n = 0; n < 200; n += 1) {
    if (await page.evaluate(holds, argument)) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`never true: ${holds}`);
}

/** Opens the document of a record and waits for its fields. */
async function openRecord(page, uri) {
  await page.fill('#search', uri);
  await until(page, (asked) => [...document.querySelectorAll('.document')].map((row) => row.title).join() === asked, uri);
  await page.click('.document');
  await until(page, (asked) => document.querySelector('#fields .title .quiet')?.title === asked, uri);
}

module.exports = { FLAGS, opened, openRecord, until };
