import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { openPage, withoutBrowser } from './browser.mjs';
import { cuttable } from './host.mjs';
import { lesion, withoutPhotos } from './photos.mjs';

export const connection = (world) => describe('when the connection is lost', { skip: withoutBrowser }, () => {
  test('an answer that was being written arrives whole and once', { skip: withoutPhotos }, async () => {
    const line = await cuttable(world.host.port);
    const visit = await openPage(world.browser, line.address);
    await visit.ask('What is melanoma?');
    await visit.add(lesion);
    await visit.send('What could this be, and why?');
    await visit.page.locator('.progress, .answer').last().waitFor();
    line.cut();
    await pause(500);
    line.mend();
    await visit.finished.nth(1).waitFor();
    const said = await visit.transcript();
    assert.deepEqual(said.map(({ by }) => by), ['user', 'assistant', 'user', 'assistant']);
    assert.match(said.at(-1).text, /not a medical device/u);
    // And it goes on.
    await visit.ask('How sure are you?');
    await visit.close();
    await line.close();
  });

  test('without a network the page says so, keeps what is typed, and goes on when it is back', async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.ask('What is melanoma?');
    await visit.question.fill('How is it told from a nevus?');
    await visit.page.context().setOffline(true);
    await visit.page.getByText('Connection lost').waitFor();
    assert.equal(await visit.page.getByRole('button', { name: 'Send', exact: true }).isDisabled(), true);
    await visit.page.context().setOffline(false);
    await visit.page.getByText('Connection lost').waitFor({ state: 'hidden' });
    await visit.question.press('Enter');
    await visit.finished.nth(1).waitFor();
    await visit.close();
  });
});

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));

/** Opens a page on the host with short-lived tokens at once, and looks at it again when the token has expired. */
export function expiry(world) {
  let visit, line, opened;
  describe('a visitor who comes back late', { skip: withoutBrowser }, () => {
    before(async () => {
      line = await cuttable(world.impatient.port);
      visit = await openPage(world.browser, line.address);
      opened = Date.now();
    });
    test('asks a first question', () => visit.ask('What is eczema?'));
  });
  return {
    finish: () => describe('a visitor whose token has expired', { skip: withoutBrowser }, () => {
      test('goes on after a lost connection, with everything said before', { timeout: 150_000 }, async () => {
        await pause(opened + 65_000 - Date.now());
        const renewed = visit.page.waitForResponse((response) => response.url().endsWith('/api/page/session') && response.ok());
        line.cut();
        await pause(500);
        line.mend();
        await renewed;
        await visit.finished.first().waitFor();
        await visit.ask('And what is acne?');
        assert.deepEqual((await visit.transcript()).map(({ by }) => by), ['user', 'assistant', 'user', 'assistant']);
        await visit.close();
        await line.close();
      });
    }),
  };
}
