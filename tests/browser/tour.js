// Views, search, filters, keyboard, themes, printing, at the size of a small screen.

const { opened, until } = require('./opened.js');

const shown = (page, selector) => page.locator(selector).evaluateAll((all) => all.filter((one) => one.getClientRects().length > 0).length);

opened(async (page, { search, day }) => {
  const found = {};
  found.documents = await shown(page, '.document');
  found.first = await page.locator('.document .badge.doubt').first().textContent();
  found.wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight);
  await page.keyboard.press('/');
  await page.keyboard.type(search);
  await until(page, (all) => document.querySelectorAll('.document').length < all, found.documents);
  found.searched = await shown(page, '.document');
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const chosen = () => page.locator('.field.chosen').first().getAttribute('data-field');
  found.second = await chosen();
  await page.keyboard.press('k');
  found.back = await chosen();
  await page.keyboard.press('?');
  found.help = await page.locator('#help').evaluate((one) => one.open);
  await page.keyboard.press('Escape');
  await page.keyboard.press('3');
  await page.fill('#day', day);
  await page.waitForSelector('#timeline svg .today', { state: 'attached' });
  found.weeks = await page.locator('.agenda caption').allTextContents();
  found.points = await shown(page, '#timeline .point');
  await page.selectOption('#state', 'overdue');
  await until(page, () => [...document.querySelectorAll('.agenda tbody tr')].every((row) => row.className === 'overdue'));
  found.overdue = await page.locator('.agenda tbody tr').count();
  await page.selectOption('#state', 'any_state');
  await page.click('[data-show=units]');
  await until(page, () => document.querySelector('.agenda caption') && !document.querySelector('.agenda th.lead_unit'));
  found.units = await page.locator('.agenda caption').allTextContents();
  await page.locator('.agenda tbody tr').first().click();
  await page.waitForSelector('.field.chosen');
  found.opened = await chosen();
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await ground();
  await page.click('#theme');
  found.theme = before !== (await ground());
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  found.undrawn = await page.locator('.sheet img:not([src])').count();
  found.printed = { header: await shown(page, 'header'), fields: (await shown(page, '.field')) > 0 };
  return found;
});
