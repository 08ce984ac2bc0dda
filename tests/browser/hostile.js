// What a notice full of markup shows. Argument: {uri} or null for the first document.

const { opened } = require('./opened.js');

opened(async (page) => {
  await page.keyboard.press('2');
  await page.waitForSelector('.agenda tbody tr');
  const agenda = await page.locator('#board').innerText();
  await page.keyboard.press('1');
  return {
    agenda,
    fields: await page.locator('#fields .text').allTextContents(),
    text: await page.locator('#text').textContent(),
    list: await page.locator('#documents').innerText(),
    foreign: await page.evaluate(() => document.querySelectorAll('#documents b b, #fields b b, #source b, #source script, #fields script, #board script, iframe, object, embed').length),
    ran: await page.evaluate(() => Boolean(window.hacked)),
  };
});
