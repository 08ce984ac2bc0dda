// Pictures of the review page for the README: for scripts/screenshots.py, no test.

const { chromium } = require('playwright-core');
const path = require('path');
const { FLAGS, openRecord } = require('./opened.js');

(async () => {
  const [file, folder] = process.argv.slice(2);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
  const at = async (name, width, height, scheme, act) => {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, locale: 'vi-VN' });
    const page = await context.newPage();
    await page.goto(require('url').pathToFileURL(file).href);
    await page.waitForSelector('.field');
    await act(page);
    await page.waitForTimeout(700);
    await page.screenshot({ path: path.join(folder, name) });
    await context.close();
  };
  await at('review.png', 1366, 768, 'light', async (page) => {
    await openRecord(page, 's07-qd-ubnd-tinh.pdf');
    await page.fill('#search', '');
    await page.waitForTimeout(400);
    await page.click('[data-field="/tasks/0/deadlines/0"]');
  });
  await at('review-agenda.png', 1920, 1080, 'light', async (page) => {
    await page.click('[data-show=deadlines]');
    await page.fill('#day', '2025-10-10');
    await page.waitForTimeout(400);
    await page.evaluate(() => document.activeElement.blur());
  });
  await browser.close();
})();
