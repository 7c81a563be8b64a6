// Keys, the servers that publish them, and tokens signed with them, right or wrong.
import { createHmac, createPrivateKey, createPublicKey, createSign, constants, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';

const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

export class Key {
  constructor(id, endorsements, published = true) {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.id = id;
    this.endorsements = endorsements;
    this.published = published;
    this.secret = createPrivateKey(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    this.open = createPublicKey(pair.publicKey.export({ type: 'spki', format: 'pem' }));
  }

  asPublished() {
    const { n, e } = this.open.export({ format: 'jwk' });
    return { kty: 'RSA', use: 'sig', kid: this.id, n, e, ...(this.endorsements ? { endorsements: this.endorsements } : {}) };
  }

  sign(claims, { algorithm = 'RS256', keyId = this.id, header = {} } = {}) {
    const content = `${encode({ typ: 'JWT', alg: algorithm, kid: keyId, ...header })}.${encode(claims)}`;
    return `${content}.${this.#signature(algorithm, content).toString('base64url')}`;
  }

  #signature(algorithm, content) {
    switch (algorithm) {
      case 'RS256': case 'RS384': case 'RS512': return createSign(`RSA-SHA${algorithm.slice(2)}`).update(content).sign(this.secret);
      case 'PS256': return sign('sha256', Buffer.from(content), { key: this.secret, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
      // The oldest trick: the public key as the secret.
      case 'HS256': return createHmac('sha256', this.open.export({ type: 'spki', format: 'pem' })).update(content).digest();
      default: return Buffer.alloc(0);
    }
  }
}

/** A key server for each list of keys, at `/{name}`. */
export async function publish(lists) {
  const server = createServer((request, response) => {
    const [, name, document] = request.url.split('/');
    const keys = lists[name];
    response.writeHead(keys ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document === 'keys'
      ? { keys: keys.filter((key) => key.published).map((key) => key.asPublished()) }
      : { jwks_uri: `http://127.0.0.1:${server.address().port}/${name}/keys`, id_token_signing_alg_values_supported: ['RS256'] }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { metadata: (name) => `http://127.0.0.1:${server.address().port}/${name}/metadata`, close: () => new Promise((resolve) => server.close(resolve)) };
}
