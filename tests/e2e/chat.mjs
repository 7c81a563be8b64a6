import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { openPage, withoutBrowser } from './browser.mjs';
import { lesion, withoutPhotos } from './photos.mjs';

export const chat = (world) => describe('the chat', { skip: withoutBrowser }, () => {
  test('a first visit says what this is and what it is not', async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.page.getByRole('heading', { name: 'What it is not' }).waitFor();
    assert.match(await visit.page.locator('.welcome').innerText(), /Not a medical device/u);
    assert.match(await visit.page.locator('.welcome').innerText(), /can name only the 7 HAM10000 diagnoses/u);
    assert.equal(await visit.panel.count(), 0);
    await visit.close();
  });

  test('a question in words is answered with numbered evidence', async () => {
    const visit = await openPage(world.browser, world.host.address);
    const answer = await visit.ask('What is a dysplastic nevus?');
    assert.match(await answer.innerText(), /dysplastic/iu);
    assert.ok(await answer.locator('.reference').count() > 0);
    assert.match(await answer.locator('.answer__origin').innerText(), /AI-generated\. Not a diagnosis\./u);
    assert.match(await visit.panel.innerText(), /What is a dysplastic nevus\?/u);
    await visit.close();
  });

  test('a question of the welcome can be asked with one click', async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.page.getByRole('button', { name: 'What is a dysplastic nevus?' }).click();
    await visit.finished.first().waitFor();
    assert.equal((await visit.transcript())[0].text, 'What is a dysplastic nevus?');
    await visit.close();
  });

  test('an answer is written at the end of the chat, below what was said before', { skip: withoutPhotos }, async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.ask('What is melanoma?');
    await watchOrder(visit.page);
    await visit.add(lesion);
    await visit.ask('What could this be, and why?');
    const seen = await visit.page.evaluate(() => window.orderSeen);
    assert.ok(seen.progress > 0, 'no progress was shown');
    assert.deepEqual(seen.above, [], 'something of the new answer stood above the question');
    await visit.close();
  });

  test('an answer of which every piece arrives at once is one message', async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.page.addInitScript(holdUntilFinal);
    await visit.page.reload();
    await visit.ask('What is acne?');
    assert.ok(await visit.page.evaluate(() => window.heldPieces) > 2, 'too little arrived at once');
    assert.deepEqual((await visit.transcript()).map(({ by }) => by), ['user', 'assistant']);
    await visit.ask('And what is psoriasis?');
    assert.deepEqual((await visit.transcript()).map(({ by }) => by), ['user', 'assistant', 'user', 'assistant']);
    await visit.close();
  });

  test('what is being done is listed step by step while it is done', { skip: withoutPhotos }, async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.page.evaluate(() => {
      window.stepsSeen = [];
      const look = () => window.stepsSeen.push([...document.querySelectorAll('.progress')].map((list) => list.querySelectorAll('li').length));
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    });
    await visit.add(lesion);
    await visit.ask('What could this be, and why?');
    const lists = await visit.page.evaluate(() => window.stepsSeen);
    assert.ok(lists.every((steps) => steps.length < 2), 'progress stood in two places');
    assert.ok(Math.max(...lists.flat()) > 1, 'the steps that were done disappeared');
    await visit.close();
  });

  test('a next question is suggested and can be asked with one click', { skip: withoutPhotos }, async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.add(lesion);
    await visit.ask('What could this be?');
    const chips = visit.page.getByRole('list', { name: 'Next questions' }).getByRole('button');
    const question = await chips.last().innerText();
    await chips.last().click();
    await visit.finished.nth(1).waitFor();
    const said = await visit.transcript();
    assert.equal(said.at(-2).text, question);
    await visit.close();
  });

  test('a sign that no photo shows is asked for, and one click replies', { skip: withoutPhotos }, async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.add(lesion);
    await visit.ask('What could this be?');
    assert.match(await visit.lastAnswer.locator('.answer__asks').innerText(), /\?$/u);
    await visit.page.getByRole('list', { name: 'Next questions' }).getByRole('button', { name: 'Yes', exact: true }).click();
    await visit.finished.nth(1).waitFor();
    assert.match(await visit.lastAnswer.innerText(), /Urgency by rule/u);
    await visit.close();
  });

  test('a thumb and its comment are kept with the answer and are there after a reload', async () => {
    const visit = await openPage(world.browser, world.host.address);
    const answer = await visit.ask('What is psoriasis?');
    const id = await answer.getAttribute('data-answer');
    await answer.getByRole('button', { name: 'Not helpful' }).click();
    await answer.getByRole('textbox').fill('Too long.');
    await answer.getByRole('button', { name: 'Send' }).click();
    await answer.getByText('Stored with the answer').waitFor();
    const { body } = await visit.fetch(`/api/page/answers/${id}`);
    assert.equal(body.rating.helpful, false);
    assert.equal(body.rating.comment, 'Too long.');
    await visit.page.reload();
    await visit.finished.first().waitFor();
    assert.equal(await visit.lastAnswer.getByRole('button', { name: 'Not helpful' }).getAttribute('aria-pressed'), 'true');
    await visit.close();
  });

  test('a reload brings the chat back: words, photos, evidence, each once', { skip: withoutPhotos }, async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.add(lesion);
    await visit.ask('What could this be, and why?');
    await visit.ask('How is it told from a nevus?');
    const before = await visit.transcript();
    await visit.page.reload();
    await visit.finished.nth(1).waitFor();
    assert.deepEqual(await visit.transcript(), before);
    assert.equal(await visit.page.locator('.photo-bubble img').evaluate((photo) => photo.complete && photo.naturalWidth > 300), true);
    assert.match(await visit.panel.innerText(), /How is it told from a nevus\?/u);
    await visit.close();
  });

  test('a new chat begins empty; the old one cannot be read through it', async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.ask('What is eczema?');
    await visit.page.getByRole('button', { name: 'New chat' }).click();
    await visit.page.locator('.welcome').waitFor();
    assert.equal(await visit.answers.count(), 0);
    await visit.ask('What is acne?');
    assert.equal((await visit.transcript()).filter(({ by }) => by === 'user').length, 1);
    await visit.close();
  });

  test('another browser gets neither the answer nor the photo', { skip: withoutPhotos }, async () => {
    const owner = await openPage(world.browser, world.host.address);
    await owner.add(lesion);
    const answer = `/api/page/answers/${await (await owner.ask('What is it?')).getAttribute('data-answer')}`;
    const photo = new URL((await owner.fetch(answer)).body.photos[0].url, world.host.address).pathname;
    assert.equal((await owner.fetch(photo)).status, 200);
    const other = await openPage(world.browser, world.host.address);
    assert.equal((await other.fetch(answer)).status, 404);
    assert.equal((await other.fetch(photo)).status, 404);
    await owner.close();
    await other.close();
  });

  test('deleting my data erases answers and photos for good', { skip: withoutPhotos }, async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.add(lesion);
    const answer = `/api/page/answers/${await (await visit.ask('What is it?')).getAttribute('data-answer')}`;
    const photo = new URL((await visit.fetch(answer)).body.photos[0].url, world.host.address).pathname;
    await visit.page.getByRole('button', { name: 'Menu' }).click();
    await visit.page.getByRole('button', { name: 'Delete my data' }).click();
    await visit.page.getByRole('button', { name: 'Delete everything' }).click();
    await visit.page.getByText('Your data has been deleted.').waitFor();
    assert.equal((await visit.fetch(answer)).status, 404);
    assert.equal((await visit.fetch(photo)).status, 404);
    await visit.page.reload();
    await visit.page.locator('.welcome').waitFor();
    await visit.close();
  });

  test('the chat can be taken along as JSON and as a printed record with photo and evidence', { skip: withoutPhotos }, async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.page.evaluate(() => { window.print = () => { window.printed = document.querySelector('.report')?.innerText; }; });
    await visit.add(lesion);
    await visit.ask('What could this be, and why?');
    await visit.page.getByRole('button', { name: 'Menu' }).click();
    const [download] = await Promise.all([visit.page.waitForEvent('download'), visit.page.getByRole('link', { name: 'Download as JSON' }).click()]);
    const record = JSON.parse(await readFile(await download.path(), 'utf8'));
    assert.equal(record.turns.length, 1);
    assert.equal(record.turns[0].question, 'What could this be, and why?');
    assert.ok(record.turns[0].bundle.evidence.length > 5);

    await visit.page.getByRole('button', { name: 'Menu' }).click();
    await visit.page.getByRole('button', { name: 'Print or save as PDF' }).click();
    await visit.page.waitForFunction(() => window.printed !== undefined);
    const printed = await visit.page.evaluate(() => window.printed);
    assert.match(printed, /Not a medical device/u);
    assert.match(printed, /What could this be, and why\?/u);
    assert.match(printed, /calibrated probability/u);
    assert.ok(await visit.page.locator('.report img').evaluate((photo) => photo.naturalWidth > 300));
    await visit.page.emulateMedia({ media: 'print' });
    assert.equal(await visit.page.locator('.sendbox').isVisible(), false);
    assert.equal(await visit.page.locator('.report').isVisible(), true);
    await visit.close();
  });
});

/** Runs in the page: what a stream's socket receives is held until the answer is whole, and then handed on without a pause in between. */
function holdUntilFinal() {
  window.WebSocket = class extends window.WebSocket {
    set onmessage(handle) {
      const held = [];
      super.onmessage = ({ data }) => {
        const { activities, watermark } = JSON.parse(data);
        const { type, channelData } = activities.at(-1);
        held.push(...activities.map((activity) => new MessageEvent('message', { data: JSON.stringify({ activities: [activity], watermark }) })));
        const isPiece = channelData.streamId && type !== 'message';
        if (isPiece) return;
        if (channelData.streamId) window.heldPieces = held.length;
        // Later than the reply to the question, after which the chat is drawn once more.
        setTimeout(() => held.splice(0).forEach(handle), channelData.streamId ? 1000 : 0);
      };
    }
  };
}

/** Notes in the page, at every change of the transcript, what of the new answer stands above the newest question. */
async function watchOrder(page) {
  await page.evaluate(() => {
    window.orderSeen = { progress: 0, above: [] };
    const known = new Set([...document.querySelectorAll('.answer')].map((answer) => answer.closest('.webchat__basic-transcript__activity')));
    const look = () => {
      const rows = [...document.querySelectorAll('.webchat__basic-transcript__activity')];
      const question = rows.findLastIndex((row) => row.querySelector('.webchat__stacked-layout--from-user'));
      rows.forEach((row, index) => {
        if (known.has(row) || !row.querySelector('.progress, .answer')) return;
        if (row.querySelector('.progress')) window.orderSeen.progress++;
        if (index < question) window.orderSeen.above.push(row.textContent.slice(0, 80));
      });
    };
    new MutationObserver(look).observe(document.querySelector('.webchat__basic-transcript'), { childList: true, subtree: true, characterData: true });
  });
}
