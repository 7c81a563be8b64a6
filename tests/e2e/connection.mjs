import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { openPage, withoutBrowser } from './browser.mjs';
import { cuttable } from './host.mjs';
import { melanoma, withoutPhotos } from './photos.mjs';

export const connection = (world) => describe('when the connection is lost', { skip: withoutBrowser }, () => {
  test('an answer that was being written arrives whole and once', { skip: withoutPhotos }, async () => {
    const line = await cuttable(world.host.port);
    const visit = await openPage(world.browser, line.address);
    await visit.ask('What is melanoma?');
    await visit.add(melanoma);
    await visit.send('What could this be, and why?');
    await visit.page.locator('.progress, .answer').last().waitFor();
    line.cut();
    await visit.page.getByText('Connection lost').waitFor();
    line.mend();
    await visit.finished.nth(1).waitFor({ timeout: 45_000 });
    await visit.page.getByText('Connection lost').waitFor({ state: 'hidden' });
    const said = await visit.transcript();
    assert.deepEqual(said.map(({ by }) => by), ['user', 'assistant', 'user', 'assistant']);
    assert.match(said.at(-1).text, /not a medical device/u);
    // And it goes on.
    await visit.ask('How sure are you?');
    await visit.close();
    await line.close();
  });
});

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
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, opened + 65_000 - Date.now())));
        line.cut();
        await visit.page.getByText('Connection lost').waitFor();
        line.mend();
        await visit.page.getByText('Connection lost').waitFor({ state: 'hidden', timeout: 45_000 });
        await visit.finished.first().waitFor();
        await visit.ask('And what is acne?');
        assert.deepEqual((await visit.transcript()).map(({ by }) => by), ['user', 'assistant', 'user', 'assistant']);
        await visit.close();
        await line.close();
      });
    }),
  };
}
