// The bot as Teams would see it: Microsoft's 365 Agents Playground in front of the real host.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startHost, until } from '../host.mjs';
import { startPlayground } from './playground.mjs';

const patience = 120_000;
const photo = fileURLToPath(new URL('../../../../shared/data/ham10000/images/ISIC_0024306.jpg', import.meta.url));
const withoutPhoto = existsSync(photo) ? false : 'needs ../shared/data/ham10000 beside the repository, which is absent';
const world = {};

before(async () => {
  world.host = await startHost({ ASPNETCORE_ENVIRONMENT: 'Development', Bot__Enabled: 'true' });
  world.playground = await startPlayground(`${world.host.address}/api/messages`);
}, { timeout: 400_000 });

after(async () => {
  await world.playground?.stop();
  await world.host?.stop();
  await world.files?.close();
});

const isFinal = (message) => message.streamEntity === undefined || message.streamEntity.streamType === 'final';
const hasCard = (message) => message.attachments?.some((attachment) => attachment.contentType === 'application/vnd.microsoft.card.adaptive');

/** The bot's messages from number `from` on, once one of them satisfies. */
async function hears(from, satisfies, what, chat) {
  await until(() => world.playground.said(chat).slice(from).some(satisfies), patience, `The Playground never showed ${what}`)
    .catch((error) => { throw new Error(`${error.message}: ${JSON.stringify(world.playground.said(chat).slice(from)).slice(0, 3000)}\n${world.host.output().slice(-2000)}`); });
  return world.playground.said(chat).slice(from);
}

test('installing the app is greeted', async () => {
  await world.playground.install();
  const [greeting] = await hears(0, (message) => /not a medical device/u.test(message.text), 'the greeting');
  assert.match(greeting.text, /^Hello\./u);
});

test('a question in words is answered with numbered citations and the AI label', async () => {
  const from = world.playground.said().length;
  await world.playground.say('What is melanoma?');
  const isAnswer = (message) => isFinal(message) && /melanoma stands at/u.test(message.text);
  const answer = (await hears(from, isAnswer, 'the answer')).find(isAnswer);
  assert.match(answer.text, /\[1\]/u);
  const shown = JSON.stringify(answer);
  assert.match(shown, /AIGeneratedContent/u);
  assert.match(shown, /"position":1/u);
});

test('a photo is looked at while the chat says so, and answered with a card', { skip: withoutPhoto }, async () => {
  const picture = await readFile(photo);
  const asked = [];
  world.files = createServer((request, response) => {
    asked.push(request.headers.authorization);
    response.setHeader('content-type', 'image/jpeg');
    response.end(picture);
  });
  await new Promise((resolve) => world.files.listen(0, '127.0.0.1', resolve));
  const since = world.playground.events.length;
  const from = world.playground.said().length;

  await world.playground.sendActivity({
    text: 'What could this be?',
    attachments: [
      { contentType: 'image/*', contentUrl: `http://127.0.0.1:${world.files.address().port}/picture` },
      { contentType: 'text/html', content: '<p>What could this be?</p>' },
    ],
  });

  const messages = await hears(from, hasCard, 'the card');
  await hears(from, (message) => isFinal(message) && /most probable diagnosis/u.test(message.text ?? ''), 'the answer');
  const parts = world.playground.events.slice(since).map((event) => event.message?.streamEntity).filter(Boolean);
  const numbers = parts.filter((part) => part.streamSequence).map((part) => part.streamSequence);
  assert.equal(parts[0].streamType, 'informative');
  assert.deepEqual(numbers, numbers.map((_, i) => i + 1), 'the parts are numbered in order');
  world.card = messages.find(hasCard);
  const card = world.card.attachments[0].content;
  assert.equal(card.version, '1.5');
  assert.match(card.fallbackText, /^Photo 1: /u);
  assert.deepEqual(asked, [undefined], 'fetched once, and without an application id without a token');
});

test('a button of the card asks its question', { skip: withoutPhoto }, async () => {
  const button = world.card.attachments[0].content.actions.find((action) => action.type === 'Action.Submit');
  const from = world.playground.said().length;
  await world.playground.press(world.card.messageId, button.data);
  await hears(from, (message) => isFinal(message) && message.text?.length > 20, 'an answer');
});

test('a thumb with words is taken', async () => {
  const { status } = await world.playground.rate('like', 'clear and to the point');
  assert.ok(status === undefined || status < 300, `status ${status}`);
});

test('a group gets one message', async () => {
  const from = world.playground.said('group').length;
  const mention = world.playground.mention();
  await world.playground.say(`${mention.text} What is a melanocytic nevus?`, 'group', [mention]);
  const messages = await hears(from, (message) => /nevus/iu.test(message.text ?? ''), 'the answer', 'group');
  assert.equal(messages.length, 1);
  assert.equal(messages[0].streamEntity, undefined);
});

test('a file that is no photo, and one that cannot be fetched, are told in the chat', async () => {
  const from = world.playground.said().length;
  await world.playground.sendActivity({
    text: 'What could this be?',
    attachments: [
      { contentType: 'application/pdf', name: 'letter.pdf', contentUrl: `data:application/pdf;base64,${Buffer.from('%PDF-1.7 a letter').toString('base64')}` },
      { contentType: 'image/jpeg', name: 'lost.jpg', contentUrl: 'http://127.0.0.1:9/lost.jpg' },
    ],
  });
  const isAnswer = (message) => isFinal(message) && /letter\.pdf/u.test(message.text ?? '');
  const answer = (await hears(from, isAnswer, 'what became of the files')).find(isAnswer);
  assert.match(answer.text, /lost\.jpg could not be fetched/u);
});

test('what is said can be erased', async () => {
  const from = world.playground.said().length;
  await world.playground.say('delete my data');
  await hears(from, (message) => /is erased here/u.test(message.text ?? ''), 'the confirmation');
});

test('the host logged no error and nothing of what was said', () => {
  assert.doesNotMatch(world.host.output(), /\b(fail|crit):/u);
  assert.doesNotMatch(world.host.output(), /clear and to the point|letter\.pdf/u);
});
