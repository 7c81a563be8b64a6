// Everything in one process: one host, one browser, many visitors.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { misdeeds, openBrowser, withoutBrowser } from './browser.mjs';
import { startHost } from './host.mjs';
import { accessibility } from './accessibility.mjs';
import { chat } from './chat.mjs';
import { connection, expiry } from './connection.mjs';
import { directLine } from './direct-line.mjs';
import { evidence } from './evidence.mjs';
import { photos } from './uploads.mjs';

const world = {};
before(async () => {
  // A token is good for a minute on the second host; its test waits while the others run.
  [world.host, world.impatient] = await Promise.all([startHost(), startHost({ DirectLine__TokenLifetime: '00:01:00' })]);
  if (!withoutBrowser) world.browser = await openBrowser();
}, { timeout: 400_000 });
after(async () => {
  await world.browser?.close();
  await Promise.all([world.host?.stop(), world.impatient?.stop()]);
});

const expired = expiry(world);
directLine(world);
chat(world);
photos(world);
evidence(world);
accessibility(world);
connection(world);
expired.finish();

test('no page loaded anything from elsewhere', { skip: withoutBrowser }, () => assert.deepEqual(misdeeds.outside, []));
test('no page broke its security policy', { skip: withoutBrowser }, () => assert.deepEqual(misdeeds.violations, []));
test('no page threw', { skip: withoutBrowser }, () => assert.deepEqual(misdeeds.errors, []));
test('the host stops when it is told to, without an error', async () => {
  await world.browser?.close();
  world.browser = undefined;
  assert.equal(await world.host.stop(), 0);
  assert.doesNotMatch(world.host.output(), /\b(fail|crit):/u);
  world.host = undefined;
});
