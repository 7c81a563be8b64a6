// Microsoft's own Direct Line client in Node, without a browser.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import WebSocket from 'ws';
import XMLHttpRequest from 'xhr2';
import { until } from './host.mjs';

const require = createRequire(import.meta.url);
globalThis.XMLHttpRequest = XMLHttpRequest;
globalThis.WebSocket = WebSocket;
const { ConnectionStatus, DirectLine } = require('botframework-directlinejs');

export const directLine = (world) => describe('botframework-directlinejs', () => {
  for (const webSocket of [true, false]) {
    test(`asks and is answered ${webSocket ? 'over a WebSocket' : 'by polling'}`, async () => {
      const client = await open(world, { webSocket });
      const id = await client.say('What is a dysplastic nevus?');
      const answer = await client.answer();
      assert.match(answer.text, /dysplastic/iu);
      assert.ok(answer.channelData.answerId);
      assert.equal(answer.replyToId, id);
      const echo = client.received.find((activity) => activity.id === id);
      assert.equal(echo.from.id, client.session.user);
      assert.equal(client.received.filter(({ type }) => type === 'message').length, 2);
      if (webSocket) {
        const stream = client.received.filter(({ type, channelData }) => type === 'typing' && channelData?.streamId);
        assert.ok(stream.length > 0);
        assert.equal(stream[0].channelData.streamId, stream[0].id);
        // The client hands on activities of one frame late; their sequence ids say how they belong.
        const order = ({ channelData }) => channelData['webchat:sequence-id'];
        const written = stream.filter(({ channelData }) => channelData.streamType === 'streaming').sort((a, b) => order(a) - order(b)).map(({ text }) => text);
        assert.ok(written.length > 0);
        written.slice(1).forEach((text, index) => assert.ok(text.startsWith(written[index]), 'the text only grows'));
        assert.ok(stream.every((piece) => order(echo) < order(piece) && order(piece) < order(answer)));
      }
      client.end();
    });
  }

  test('a later client gets what was said before, once and in order', async () => {
    const first = await open(world);
    await first.say('What is psoriasis?');
    await first.answer();
    first.end();
    const later = await open(world, { conversationId: first.session.conversationId, watermark: '0' }, first.session);
    await later.answer();
    assert.deepEqual(messages(later), messages(first));
    later.end();
  });

  test('the sender cannot be forged', async () => {
    const client = await open(world);
    const id = await client.say('What is acne?', { from: { id: 'dl_somebody-else', name: 'Dr Else', role: 'bot' } });
    await client.answer();
    const echo = client.received.find((activity) => activity.id === id);
    assert.equal(echo.from.id, client.session.user);
    assert.equal(echo.from.role, 'user');
    client.end();
  });

  test('a token opens its own conversation and no other', async () => {
    const [mine, foreign] = [await session(world), await session(world)];
    assert.notEqual(mine.conversationId, foreign.conversationId);
    const call = (path, init) => fetch(`${world.host.address}/v3/directline/conversations/${foreign.conversationId}${path}`, {
      ...init, headers: { Authorization: `Bearer ${mine.token}`, 'Content-Type': 'application/json' },
    });
    assert.equal((await call('')).status, 403);
    assert.equal((await call('/activities')).status, 403);
    assert.equal((await call('/activities', { method: 'POST', body: JSON.stringify({ type: 'message', text: 'hello', from: { id: mine.user } }) })).status, 403);
  });

  test('a token is renewed for the same conversation and user; a forged one is not', async () => {
    const { token, conversationId } = await session(world);
    const refresh = (bearer) => fetch(`${world.host.address}/v3/directline/tokens/refresh`, { method: 'POST', headers: { Authorization: `Bearer ${bearer}` } });
    const renewed = await (await refresh(token)).json();
    assert.equal(renewed.conversationId, conversationId);
    assert.notEqual(renewed.token, token);
    assert.equal(claims(renewed.token).user, claims(token).user);
    const [head, , signature] = token.split('.');
    const forged = [head, Buffer.from(JSON.stringify({ ...claims(token), user: 'dl_somebody-else' })).toString('base64url'), signature].join('.');
    assert.equal((await refresh(forged)).status, 403);
    assert.equal((await fetch(`${world.host.address}/v3/directline/tokens/refresh`, { method: 'POST' })).status, 401);
  });

  test('a page of a foreign origin gets no session and no stream', async () => {
    const response = await fetch(`${world.host.address}/api/page/session`, { method: 'POST', headers: { Origin: 'https://evil.example', 'Content-Type': 'application/json' }, body: '{"fresh":false}' });
    assert.equal(response.ok, false);
    const { token } = await session(world);
    const started = await fetch(`${world.host.address}/v3/directline/conversations`, { method: 'POST', headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }, body: '{"user":{}}' });
    const { streamUrl } = await started.json();
    const refused = await new Promise((resolve) => {
      const socket = new WebSocket(streamUrl, { origin: 'https://evil.example' });
      socket.on('open', () => resolve(false));
      socket.on('error', () => resolve(true));
    });
    assert.equal(refused, true);
  });

  test('a thumb sent over Direct Line is kept with the answer it names', async () => {
    const client = await open(world);
    await client.say('What is eczema?');
    const { channelData: { answerId }, entities } = await client.answer();
    const like = entities.flatMap(({ potentialAction }) => potentialAction ?? []).find((action) => action['@type'] === 'LikeAction');
    await client.post({ type: 'event', name: 'webchat:activity-status/feedback', entities: [{ ...like, actionStatus: 'CompletedActionStatus' }] });
    const rating = async () => (await (await fetch(`${world.host.address}/api/page/answers/${answerId}`, { headers: { Cookie: client.session.cookie } })).json()).rating;
    await until(async () => (await rating())?.helpful === true, 5000, 'The rating did not arrive');
    client.end();
  });
});

/** A session as the page gets one, with the cookie that is its user. */
async function session({ host }) {
  const response = await fetch(`${host.address}/api/page/session`, { method: 'POST', headers: { Origin: host.address, 'Content-Type': 'application/json' }, body: '{"fresh":false}' });
  assert.equal(response.status, 200);
  return { ...await response.json(), cookie: response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ') };
}

async function open(world, options = {}, known = undefined) {
  const opened = known ?? await session(world);
  const connection = new DirectLine({ domain: `${world.host.address}/v3/directline`, token: opened.token, pollingInterval: 300, ...options });
  const received = [];
  connection.activity$.subscribe((activity) => received.push(activity), (error) => received.push({ type: 'error', error }));
  await new Promise((resolve, reject) => connection.connectionStatus$.subscribe((status) => {
    if (status === ConnectionStatus.Online) resolve();
    if (status === ConnectionStatus.FailedToConnect) reject(new Error('Direct Line did not connect.'));
  }));
  const post = (activity) => new Promise((resolve, reject) => connection.postActivity({ from: { id: opened.user }, ...activity }).subscribe(resolve, reject));
  return {
    session: opened,
    received,
    post,
    say: (text, more = {}) => post({ type: 'message', text, ...more }),
    answer: async () => {
      const found = () => received.find(({ type, channelData }) => type === 'message' && channelData?.answerId);
      await until(() => found() !== undefined, 45_000, 'No answer came');
      return found();
    },
    end: () => connection.end(),
  };
}

const messages = ({ received }) => received.filter(({ type }) => type === 'message').map(({ id, text }) => ({ id, text }));
const claims = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
