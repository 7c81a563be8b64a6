import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import axe from 'axe-core';
import { openPage, withoutBrowser } from './browser.mjs';
import { drawing, lesion, pdf, withoutPhotos } from './photos.mjs';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export const accessibility = (world) => describe('for everybody', { skip: withoutBrowser }, () => {
  for (const colorScheme of ['light', 'dark']) {
    test(`nothing serious is found in first visit, dialogs, chat and evidence (${colorScheme})`, { skip: withoutPhotos }, async () => {
      const visit = await openPage(world.browser, world.host.address, { colorScheme });
      await visit.page.locator('.welcome').waitFor();
      await sound(visit, 'first visit');
      await visit.page.locator('input[type=file][multiple]').setInputFiles([drawing]);
      await visit.page.getByRole('dialog').waitFor();
      await sound(visit, 'consent');
      await visit.agree();
      await visit.add(pdf);
      await sound(visit, 'a refused file');
      await visit.page.getByRole('button', { name: 'Remove drawing.png' }).click();
      await visit.add(lesion);
      await visit.ask('What could this be, and why?');
      await visit.lastAnswer.getByRole('button', { name: 'Not helpful' }).click();
      await visit.lastAnswer.getByRole('textbox').waitFor();
      await visit.page.getByRole('button', { name: 'Menu' }).click();
      await sound(visit, 'an answer with evidence, the menu open');
      await visit.page.keyboard.press('Escape');
      await visit.lastAnswer.locator('.reference').nth(1).hover();
      await sound(visit, 'evidence lit up');
      await visit.page.locator('.photo-bubble').click();
      await sound(visit, 'a photo on the whole screen');
      await visit.close();
    });
  }

  test('on a phone nothing sticks out, and the evidence opens over the chat and closes again', { skip: withoutPhotos }, async () => {
    const visit = await openPage(world.browser, world.host.address, phone);
    await fits(visit);
    await visit.add(lesion);
    const answer = await visit.ask('What could this be, and why?');
    await fits(visit);
    // The leading diagnoses stand in the answer itself where the panel does not.
    assert.ok(await answer.locator('.summary__leading li').count() > 1);
    assert.equal(await visit.panel.isVisible(), false);
    await answer.getByRole('button', { name: 'Show the evidence' }).tap();
    await visit.panel.waitFor();
    await fits(visit);
    await sound(visit, 'evidence on a phone');
    await visit.panel.getByRole('button', { name: 'Back to the chat' }).tap();
    await visit.panel.waitFor({ state: 'hidden' });
    assert.equal(await answer.getByRole('button', { name: 'Show the evidence' }).evaluate((button) => button === document.activeElement), true);
    await sound(visit, 'chat on a phone');
    await visit.close();
  });

  test('at 400 % zoom (320 pixels) nothing is cut off sideways', async () => {
    const visit = await openPage(world.browser, world.host.address, { viewport: { width: 320, height: 600 } });
    await fits(visit);
    await visit.ask('What is a dysplastic nevus?');
    await fits(visit);
    await visit.close();
  });

  test('dark follows the system, and the choice in the menu has the last word', async () => {
    const visit = await openPage(world.browser, world.host.address, { colorScheme: 'dark' });
    const brightness = () => visit.page.evaluate(() => {
      const canvas = document.createElement('canvas').getContext('2d');
      canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
      return canvas.getImageData(0, 0, 1, 1).data[0];
    });
    assert.ok(await brightness() < 40);
    await visit.page.getByRole('button', { name: 'Menu' }).click();
    await visit.page.getByLabel('Light').check();
    assert.ok(await brightness() > 200);
    await visit.page.reload();
    await visit.page.locator('.sendbox').waitFor();
    assert.ok(await brightness() > 200);
    await visit.close();
  });

  test('everything can be done with the keyboard alone', { skip: withoutPhotos }, async () => {
    const visit = await openPage(world.browser, world.host.address);
    const { keyboard } = visit.page;
    // From the start: taking over the browser's own file window takes a moment.
    visit.page.on('filechooser', (chooser) => chooser.setFiles([lesion]));
    // Its questions can be asked as soon as the chat is connected and all is in place.
    await visit.page.locator('.welcome .chip:enabled').first().waitFor();
    await tabTo(visit, 'button', /^Add photos$/u);
    await keyboard.press('Enter');
    // The dialog takes the focus; the box is its first control.
    await visit.page.getByRole('dialog').waitFor();
    await keyboard.press('Space');
    await tabTo(visit, 'button', /^Continue$/u);
    await keyboard.press('Enter');
    await visit.tray.first().waitFor();
    await tabTo(visit, 'textarea', /^Your question$/u);
    await keyboard.type('What could this be, and why?');
    await keyboard.press('Enter');
    await visit.finished.first().waitFor();

    // Web Chat's way into a message: the transcript is one stop, Enter goes into the chosen message.
    await tabTo(visit, 'div', /./u, true, '.webchat__basic-transcript');
    await keyboard.press('Enter');
    await visit.page.locator('.reference:focus').waitFor();
    assert.ok(await visit.panel.locator('.item--lit').count() > 0, 'focus on a number lights up its evidence');
    await keyboard.press('Enter');
    await visit.panel.locator('.item:focus').waitFor();
    await keyboard.press('Tab');
    assert.match(await focused(visit), /^Evidence \d+\. Show the sentence/u);
    await keyboard.press('Enter');
    await visit.page.locator('.reference:focus').waitFor();

    await visit.page.getByRole('button', { name: 'Menu' }).focus();
    await keyboard.press('Enter');
    await keyboard.press('Tab');
    assert.match(await focused(visit), /Print/u);
    await keyboard.press('Escape');
    assert.match(await focused(visit), /Menu/u);
    await visit.close();
  });

  test('what happens is told to a screen reader', async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.ask('What is a dysplastic nevus?');
    const live = visit.page.locator('[role=log][aria-live=polite]');
    assert.ok(await live.count() > 0);
    assert.equal(await visit.lastAnswer.locator('.reference').first().getAttribute('aria-label').then((label) => /^Evidence \d.*: .+/u.test(label)), true);
    assert.equal(await visit.page.getByRole('main', { name: 'Chat' }).count(), 1);
    assert.equal(await visit.page.getByRole('banner').count(), 1);
    await visit.close();
  });

  test('who wants no motion gets none', async () => {
    const visit = await openPage(world.browser, world.host.address, { reducedMotion: 'reduce' });
    const moving = await visit.page.evaluate(() => {
      const pulse = document.querySelector('.sendbox').appendChild(Object.assign(document.createElement('i'), { className: 'progress__pulse' }));
      const style = getComputedStyle(pulse);
      const result = { animation: style.animationName, transition: getComputedStyle(document.querySelector('.button')).transitionDuration };
      pulse.remove();
      return result;
    });
    assert.equal(moving.animation, 'none');
    assert.match(moving.transition, /^(0s(, )?)+$/u);
    await visit.close();
  });
});

async function sound(visit, where) {
  await visit.page.evaluate(axe.source);
  const { violations } = await visit.page.evaluate((tags) => window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), rules);
  const found = violations.map(({ id, impact, nodes }) => `${id} (${impact}): ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 140)).join(' | ')}`);
  assert.deepEqual(found, [], where);
}

async function fits(visit) {
  const width = await visit.page.evaluate(() => ({ page: document.documentElement.scrollWidth, window: window.innerWidth }));
  assert.ok(width.page <= width.window, JSON.stringify(width));
}

async function focused(visit) {
  return await visit.page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent);
}

/** Presses Tab (or Shift and Tab) until the wanted control has the focus, as somebody without a mouse would. */
async function tabTo(visit, tag, name, backwards = false, selector = '*') {
  for (let presses = 0; presses < 60; presses++) {
    const [is, called, fits] = await visit.page.evaluate((wanted) => [
      document.activeElement.localName, document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent ?? '', document.activeElement.matches(wanted),
    ], selector);
    if (is === tag && name.test(called) && fits) return;
    await visit.page.keyboard.press(backwards ? 'Shift+Tab' : 'Tab');
  }
  assert.fail(`No ${tag} called ${name} can be reached with Tab.`);
}
