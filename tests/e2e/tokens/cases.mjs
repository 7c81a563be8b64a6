// Requests to the bot endpoint: valid ones, and the same with one or two things changed.
import { Key } from './keys.mjs';

export const appId = '6a9f2b1c-0000-4000-8000-00000000b07a';
export const tenant = '7e0d1f4a-0000-4000-8000-000000007e4a';
const stranger = '11111111-0000-4000-8000-000000000bad';
const connectorIssuer = 'https://api.botframework.com';

/** The same every time: a failing case has to fail again. */
export function randomness(seed) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return { below: (count) => Math.floor(next() * count), pick: (list) => list[Math.floor(next() * list.length)] };
}

export function makeKeys() {
  return {
    connector: [new Key('endorsed', ['msteams', 'webchat']), new Key('other-channel', ['slack']), new Key('bare', undefined), new Key('empty', []), new Key('unpublished', ['msteams'], false)],
    entra: [new Key('entra', undefined), new Key('entra-unpublished', undefined, false)],
  };
}

function connectorCase(keys, service, now) {
  return {
    scheme: 'Bearer', key: keys.connector[0], sign: {},
    claims: { iss: connectorIssuer, aud: appId, serviceurl: service, nbf: now - 60, exp: now + 3600 },
    activity: { type: 'typing', id: '1', channelId: 'msteams', serviceUrl: service, conversation: { id: 'a:1' }, from: { id: '29:user' }, recipient: { id: '28:bot' } },
  };
}

const emulatorIssuers = [
  'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
  'https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0',
  'https://sts.windows.net/f8cdef31-a31e-4b4a-93e4-5f571e91255a/',
  'https://login.microsoftonline.com/f8cdef31-a31e-4b4a-93e4-5f571e91255a/v2.0',
  'https://sts.windows.net/cab8a31a-1906-4287-a0d8-4eef66b95f6e/',
  'https://login.microsoftonline.us/cab8a31a-1906-4287-a0d8-4eef66b95f6e/v2.0',
];
export const ownTenantIssuers = [`https://sts.windows.net/${tenant}/`, `https://login.microsoftonline.com/${tenant}/v2.0`];

function emulatorCase(keys, service, now, random) {
  const iss = random.pick([...emulatorIssuers, ...emulatorIssuers, ...ownTenantIssuers]);
  const version = iss.startsWith('https://sts.') ? '1.0' : '2.0';
  return {
    scheme: 'Bearer', key: keys.entra[0], sign: {},
    claims: { iss, aud: appId, ver: version, [version === '1.0' ? 'appid' : 'azp']: appId, nbf: now - 60, exp: now + 3600 },
    activity: { ...connectorCase(keys, service, now).activity, channelId: random.pick(['msteams', 'emulator', 'slack']) },
  };
}

/** Each changes one thing; `now` is in seconds. */
export const changes = {
  'another audience': (c, r) => { c.claims.aud = r.pick([stranger, '', [appId], [appId, stranger], appId.toUpperCase(), `${appId} `, 7]); },
  'no audience': (c) => { delete c.claims.aud; },
  'another issuer': (c, r) => { c.claims.iss = r.pick(['https://api.botframework.us', 'https://api.botframework.com/', 'http://api.botframework.com', `https://sts.windows.net/${stranger}/`, '', 7, [connectorIssuer]]); },
  'no issuer': (c) => { delete c.claims.iss; },
  'the other kind\'s issuer': (c, r) => { c.claims.iss = c.claims.serviceurl === undefined ? connectorIssuer : r.pick(emulatorIssuers); },
  'expired a little': (c, r, now) => { c.claims.exp = now - r.pick([1, 60, 200, 280]); },
  'expired': (c, r, now) => { c.claims.exp = now - r.pick([330, 600, 86_400, now]); },
  'not yet, a little': (c, r, now) => { c.claims.nbf = now + r.pick([1, 60, 200, 280]); },
  'not yet': (c, r, now) => { c.claims.nbf = now + r.pick([330, 600, 86_400]); },
  'no beginning': (c) => { delete c.claims.nbf; },
  'times in words': (c, r) => { c.claims[r.pick(['exp', 'nbf'])] = r.pick(['soon', '9999999999', null]); },
  'another service in the token': (c, r) => { c.claims.serviceurl = r.pick(['https://evil.example/', '', null, 7, [c.activity.serviceUrl]]); },
  'no service in the token': (c) => { delete c.claims.serviceurl; },
  'the service under another name': (c) => { c.claims.serviceUrl = c.claims.serviceurl; delete c.claims.serviceurl; },
  'another service in the activity': (c) => { c.activity.serviceUrl = c.activity.serviceUrl.replace(/\/$/u, '/elsewhere/'); },
  'the service in capitals': (c) => { c.activity.serviceUrl = c.activity.serviceUrl.replace('emea', 'EMEA'); },
  'the service without its slash': (c) => { c.activity.serviceUrl = c.activity.serviceUrl.replace(/\/$/u, ''); },
  'another channel': (c, r) => { c.activity.channelId = r.pick(['slack', 'directline', 'MSTEAMS', 'webchat']); },
  'an empty channel': (c, r) => { c.activity.channelId = r.pick(['', ' ']); },
  'another key': (c, r, now, keys) => { c.key = r.pick([...keys.connector, ...keys.entra]); },
  'a key named that did not sign': (c, r, now, keys) => { c.sign.keyId = r.pick([...keys.connector, ...keys.entra].map((key) => key.id).concat('', 'nobody')); },
  'another algorithm': (c, r) => { c.sign.algorithm = r.pick(['RS384', 'RS512', 'HS256', 'PS256', 'none', 'ES256', 'rs256']); },
  'no key id': (c) => { c.sign.header = { kid: undefined }; },
  'another scheme': (c, r) => { c.scheme = r.pick(['bearer', 'BEARER', 'Basic', 'Bearer ', '']); },
  'a changed token': (c, r) => { c.spoil = r.pick(['claims', 'signature', 'cut', 'more', 'empty']); },
  'another version': (c, r) => { c.claims.ver = r.pick(['1.0', '2.0', '3.0', '', 2]); },
  'another application': (c, r) => { c.claims[r.pick(['appid', 'azp'])] = r.pick([stranger, '', appId]); },
  'more claims': (c, r, now) => { Object.assign(c.claims, { iat: now, sub: 'x', tid: tenant, roles: ['a'] }); },
};

export function makeCase(keys, service, now, random) {
  const made = random.below(3) < 2 ? connectorCase(keys, service, now) : emulatorCase(keys, service, now, random);
  const names = Object.keys(changes);
  made.changed = [];
  for (let count = random.pick([0, 1, 1, 1, 1, 2, 2, 3]); count > 0; count--) {
    const name = random.pick(names);
    made.changed.push(name);
    changes[name](made, random, now, keys);
  }

  made.authorization = `${made.scheme} ${spoil(made.key.sign(made.claims, made.sign), made.spoil)}`;
  return made;
}

function spoil(token, how) {
  const [head, claims, signature] = token.split('.');
  switch (how) {
    case 'claims': return `${head}.${Buffer.from(Buffer.from(claims, 'base64url').toString().replace(/"exp":/u, '"x":1,"exp":')).toString('base64url')}.${signature}`;
    case 'signature': return `${head}.${claims}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    case 'cut': return `${head}.${claims}`;
    case 'more': return `${token}.more`;
    case 'empty': return '';
    default: return token;
  }
}
