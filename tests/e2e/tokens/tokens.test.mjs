// The rules of Bot Connector tokens, with Microsoft's own library as the judge: the same requests go to it and to the host's /api/messages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import connector from 'botframework-connector';
import { startHost } from '../host.mjs';
import { appId, makeCase, makeKeys, ownTenantIssuers, randomness, tenant } from './cases.mjs';
import { publish } from './keys.mjs';

const count = 2_000;
const service = 'http://127.0.0.1:9/emea/';
const keys = makeKeys();
const world = {};

before(async () => {
  world.servers = await publish(keys);
  world.host = await startHost({
    ASPNETCORE_ENVIRONMENT: 'Development',
    Bot__Enabled: 'true',
    Bot__AppId: appId,
    Bot__ClientSecret: 'not a secret',
    Bot__TenantId: tenant,
    Bot__AllowEmulator: 'true',
    Bot__ConnectorMetadata: world.servers.metadata('connector'),
    Bot__EmulatorMetadata: world.servers.metadata('entra'),
    Logging__LogLevel__Default: 'Error',
    Logging__LogLevel__Microsoft: 'Error',
    'Logging__LogLevel__Microsoft.Hosting.Lifetime': 'Information',
  });
  world.judge = connector.BotFrameworkAuthenticationFactory.create(
    '', true, 'https://login.microsoftonline.com/botframework.com', 'https://api.botframework.com', 'https://api.botframework.com', 'https://api.botframework.com',
    world.servers.metadata('connector'), world.servers.metadata('entra'), '',
    new connector.PasswordServiceClientCredentialFactory(appId, 'not a secret', tenant),
    { requiredEndorsements: [], validTokenIssuers: ownTenantIssuers });
}, { timeout: 400_000 });

after(async () => {
  await world.host?.stop();
  await world.servers?.close();
});

async function judged({ activity, authorization }) {
  const { error } = console;
  console.error = () => {};
  try {
    await world.judge.authenticateRequest(activity, authorization);
    return true;
  } catch {
    return false;
  } finally {
    console.error = error;
  }
}

async function taken({ activity, authorization }) {
  const response = await fetch(`${world.host.address}/api/messages`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization }, body: JSON.stringify(activity),
  });
  await response.arrayBuffer();
  assert.ok([200, 400, 401, 403].includes(response.status), `status ${response.status}`);
  return response.status === 200;
}

// Where the published rules (.NET SDK of December 2025) and the JavaScript library part. Nothing else may differ.
const isEmulators = ({ claims }) => claims.iss !== 'https://api.botframework.com';
const divergences = {
  'a key without endorsements endorses nothing': { we: false, when: (c) => !isEmulators(c) && !(c.sign.keyId === undefined ? c.key : [...keys.connector].find((key) => key.id === c.sign.keyId))?.endorsements?.length },
  'an activity without a channel is endorsed by nobody': { we: false, when: (c) => !c.activity.channelId.trim() },
  'capitals in the service URL make no difference': { we: true, when: (c) => !isEmulators(c) && c.claims.serviceurl !== c.activity.serviceUrl && String(c.claims.serviceurl).toLowerCase() === c.activity.serviceUrl.toLowerCase() },
  'an Emulator token must be for this bot, too': { we: false, when: (c) => isEmulators(c) && c.claims.aud !== appId },
  'an Emulator token has a version': { we: false, when: (c) => isEmulators(c) && !['1.0', '2.0'].includes(c.claims.ver) },
};

test(`${count} requests are judged as botframework-connector judges them`, { timeout: 600_000 }, async () => {
  const random = randomness(20_260_301);
  const now = Math.floor(Date.now() / 1000);
  const tally = { takenByBoth: 0, refusedByBoth: 0 };
  const used = new Map();
  const unexplained = [];
  for (let i = 0; i < count; i++) {
    const made = makeCase(keys, service, now, random);
    const [we, they] = [await taken(made), await judged(made)];
    if (we === they) {
      tally[we ? 'takenByBoth' : 'refusedByBoth']++;
      continue;
    }
    const reason = Object.entries(divergences).find(([, rule]) => rule.we === we && rule.when(made))?.[0];
    if (reason) used.set(reason, (used.get(reason) ?? 0) + 1);
    else unexplained.push({ i, we, they, changed: made.changed, claims: made.claims, sign: made.sign, key: made.key.id, channel: made.activity.channelId, service: made.activity.serviceUrl });
  }

  assert.deepEqual(unexplained.slice(0, 5), [], `${unexplained.length} of ${count} are judged differently`);
  assert.ok(tally.takenByBoth > count / 10, `only ${tally.takenByBoth} were taken`);
  assert.ok(tally.refusedByBoth > count / 4, `only ${tally.refusedByBoth} were refused`);
  // A divergence that no longer occurs is no divergence and has to go from the list.
  assert.deepEqual([...used.keys()].sort(), Object.keys(divergences).sort());
});

test('without an application id the host does not start in production, and says why', async () => {
  await assert.rejects(startHost({ ASPNETCORE_ENVIRONMENT: 'Production', Bot__Enabled: 'true' }), /ended with 2:[\s\S]*no application id[\s\S]*Bot:AppId/u);
});
