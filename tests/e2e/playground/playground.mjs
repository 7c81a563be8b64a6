// Microsoft's 365 Agents Playground as a process of its own, driven over the interfaces its own page uses.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import WebSocket from 'ws';
import { until } from '../host.mjs';

const program = fileURLToPath(new URL('../node_modules/@microsoft/m365agentsplayground/cli.js', import.meta.url));

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export async function startPlayground(endpoint) {
  const port = await freePort();
  // It leaves its log where it is started.
  const folder = await mkdtemp(join(tmpdir(), 'derm-playground-'));
  const address = `http://127.0.0.1:${port}`;
  const child = spawn('node', [program, 'start', '-e', endpoint, '-c', 'msteams', '--disable-telemetry', '-p', String(port)], {
    cwd: folder,
    env: { ...process.env, BROWSER: 'none', TEAMSAPPTESTER_BROWSER: 'none' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { output += chunk; });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGKILL');
    await gone;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    let config;
    await until(async () => {
      config = await fetch(`${address}/_internal/v1/config`).then((response) => response.json(), () => undefined);
      return config !== undefined;
    }, 120_000, 'The Playground did not start');
    return await connected(address, config.config, stop);
  } catch (error) {
    await stop();
    throw new Error(`${error.message}:\n${output}`);
  }
}

async function connected(address, config, stop) {
  const events = [];
  const socket = new WebSocket(`${address.replace('http', 'ws')}/_ws_conversation/v1/conversations/stream`);
  socket.on('message', (text) => events.push(JSON.parse(text.toString())));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const post = async (path, body) => {
    const response = await fetch(address + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
    return text ? JSON.parse(text) : {};
  };
  const user = config.currentUser;
  const chats = { personal: config.personalChat.id, group: config.groupChats[0].id };
  let sent = 0;
  return {
    events,
    /** What the bot said in a chat so far, oldest first; a message that was updated shows as it is now. */
    said: (chat = 'personal') => [...events.filter((event) => event.actionConversationId === chats[chat] && event.message?.from?.id === config.bot.id)
      .reduce((messages, { message }) => messages.set(message.messageId, message), new Map()).values()],
    say: (text, chat = 'personal', mentions = undefined) => post(`/_conversation/v1/conversations/${chats[chat]}/messages`, {
      type: 'text', text, textFormat: 'plain', from: { id: user.id }, ...(mentions ? { mentions } : {}),
    }),
    mention: () => ({ type: 'mention', text: `<at>${config.bot.name}</at>`, mentioned: { id: config.bot.id, name: config.bot.name } }),
    // There is no other way to bring a picture in.
    sendActivity: (activity) => post('/_internal/v1/customActivities', {
      type: 'message', id: `custom-${++sent}`, channelId: 'msteams', timestamp: new Date().toISOString(), serviceUrl: `${address}/_connector`,
      from: { id: user.id, name: user.name, aadObjectId: user.aadObjectId }, recipient: { id: config.bot.id, name: config.bot.name },
      conversation: { id: chats.personal, conversationType: 'personal', tenantId: config.tenantId }, channelData: { tenant: { id: config.tenantId } }, ...activity,
    }),
    press: (messageId, value) => post('/_conversation/v1/submit', { conversation: { id: chats.personal }, from: { id: user.id }, replyToId: messageId, value }),
    rate: (reaction, feedback) => post('/_conversation/v1/invoke', {
      name: 'message/submitAction', conversation: { id: chats.personal }, from: { id: user.id }, value: { actionName: 'feedback', actionValue: { reaction, feedback } },
    }),
    install: () => post(`/_debug/conversation/${chats.personal}/installation`, {}),
    stop: async () => {
      socket.close();
      await stop();
    },
  };
}
