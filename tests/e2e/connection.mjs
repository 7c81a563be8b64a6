import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { openPage, withoutBrowser } from './browser.mjs';
import { cuttable, startHost } from './host.mjs';
import { lesion, withoutPhotos } from './photos.mjs';

export const connection = (world) => describe('when the connection is lost', { skip: withoutBrowser }, () => {
  test('an answer that was being written arrives whole and once', { skip: withoutPhotos }, async (t) => {
    const line = await cuttable(world.host.port);
    t.after(() => line.close());
    const visit = await openPage(world.browser, line.address);
    await visit.ask('What is melanoma?');
    await visit.add(lesion);
    const taken = visit.page.waitForResponse((response) => response.url().includes('/upload') && response.ok());
    await visit.send('What could this be, and why?');
    await taken;
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
  });

  test('what a server that was killed was answering has to be sent again, and the chat goes on', async (t) => {
    // A language model that never says anything keeps an answer in the making.
    const silent = createServer(() => {});
    await new Promise((resolve) => silent.listen(0, '127.0.0.1', resolve));
    t.after(() => silent.closeAllConnections());
    t.after(() => silent.close());
    const first = await startHost({ DERM_LLM_ENDPOINT: `http://127.0.0.1:${silent.address().port}/v1`, DERM_LLM_MODEL: 'silent' });
    t.after(() => first.kill());
    const line = await cuttable(first.port);
    t.after(() => line.close());
    const visit = await openPage(world.browser, line.address);
    await visit.send('What is melanoma?');
    await visit.page.locator('.progress').waitFor();
    const home = await first.kill();
    line.cut();
    const second = await startHost({}, home);
    t.after(() => second.stop());
    line.mend(second.port);
    await visit.page.locator('p', { hasText: 'Please send your message again' }).waitFor();
    assert.deepEqual((await visit.transcript()).map(({ by }) => by), ['user', 'assistant']);
    assert.equal(await visit.page.locator('.progress').count(), 0);
    await visit.ask('What is melanoma?');
    await visit.close();
  });

  test('a photo that is lost on its way is said to be, and goes again with one click', { skip: withoutPhotos }, async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.ask('What is melanoma?');
    await visit.add(lesion);
    await visit.page.route('**/upload?*', (route) => route.abort('connectionreset'), { times: 1 });
    await visit.send('What could this be, and why?');
    await visit.page.getByText('Send failed. Retry.').waitFor({ timeout: 10_000 });
    await visit.page.getByRole('button', { name: 'Retry' }).click();
    await visit.finished.nth(1).waitFor();
    const said = await visit.transcript();
    assert.deepEqual(said.map(({ by, photos }) => [by, photos]), [['user', 0], ['assistant', 0], ['user', 1], ['assistant', 0]]);
    await visit.close();
  });

  test('a photo that arrived is not said to have failed because the reply was lost', { skip: withoutPhotos }, async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.ask('What is melanoma?');
    await visit.add(lesion);
    await visit.page.route('**/upload?*', async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    }, { times: 1 });
    await visit.send('What could this be, and why?');
    await visit.finished.nth(1).waitFor();
    assert.deepEqual((await visit.transcript()).map(({ by }) => by), ['user', 'assistant', 'user', 'assistant']);
    assert.equal(await visit.page.getByText('Send failed. Retry.').count(), 0);
    await visit.close();
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
      after(() => line?.close());
      test('goes on after a lost connection, with everything said before', { timeout: 150_000 }, async () => {
        await pause(opened + 65_000 - Date.now());
        const chat = visit.page.locator('.chat__surface');
        await chat.evaluate((element) => element.classList.add('expired'));
        const begun = [];
        visit.page.on('response', (response) => { if (response.ok() && /\/sessions?$/u.test(new URL(response.url()).pathname)) begun.push(response.url()); });
        line.cut();
        await pause(500);
        line.mend();
        // The chat is drawn anew for the new session, and filled with what was said before.
        await visit.page.locator('.chat__surface:not(.expired)').locator(visit.finished).first().waitFor();
        await visit.ask('And what is acne?');
        // Once: a second new session would draw the chat anew under the visitor's hands.
        await pause(2000);
        assert.equal(begun.length, 1);
        assert.deepEqual((await visit.transcript()).map(({ by }) => by), ['user', 'assistant', 'user', 'assistant']);
        await visit.close();
      });
    }),
  };
}
