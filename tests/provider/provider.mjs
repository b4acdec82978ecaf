// The certified oidc-provider on loopback, with signing keys that change when a test says so.
// Usage: node provider.mjs MODULES SUBJECT…; says `address URL` and `issuer URL` once it listens. MODULES is a folder of packages.
import { generateKeyPair, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const [modules, ...subjects] = process.argv.slice(2);
const { Provider } = await import(pathToFileURL(createRequire(`${modules}/`).resolve('oidc-provider')));
const AUDIENCE = 'urn:throughline:test';
const SECRET = 'a secret of nobody, for a test';
const pair = promisify(generateKeyPair);

// It ends with the test.
process.stdin.resume().on('end', () => process.exit());
// With a certificate others reach it over https; the test itself does without.
const { PROVIDER_CERTIFICATE: certificate, PROVIDER_KEY: key } = process.env;
const secure = certificate && { cert: readFileSync(certificate), key: readFileSync(key) };
const listen = (server) =>
  new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));
const address = `http://127.0.0.1:${await listen(createServer(answer))}`;
const issuer = secure ? `https://127.0.0.1:${await listen(createSecureServer(secure, answer))}` : address;
const keys = [];
let generation = 0;
let fetches = 0;
let serve;
await rotate();
console.log(`address ${address}\nissuer ${issuer}`);

// Every other key is one for RS256; those of a kind say nothing of their use, as with many providers.
async function newKey() {
  const rsa = generation++ % 2 === 0;
  const { privateKey } = rsa ? await pair('rsa', { modulusLength: 2048 }) : await pair('ec', { namedCurve: 'P-256' });
  const key = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID() };
  return rsa ? key : { ...key, alg: 'ES256', use: 'sig' };
}

// The new key signs from now on; the one before stays published for what it has signed.
async function rotate() {
  keys.unshift(await newKey());
  keys.splice(2);
  const alg = keys[0].kty === 'RSA' ? 'RS256' : 'ES256';
  const resource = { scope: '', audience: AUDIENCE, accessTokenFormat: 'jwt', jwt: { sign: { alg } } };
  const provider = new Provider(issuer, {
    clients: subjects.map((subject) => ({
      client_id: subject,
      client_secret: SECRET,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      // The provider also looks for keys with which it could sign these.
      id_token_signed_response_alg: alg,
    })),
    jwks: { keys: structuredClone(keys) },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        getResourceServerInfo: () => resource,
        useGrantedResource: () => true,
      },
    },
  });
  serve = provider.callback();
}

async function answer(request, response) {
  if (request.url === '/test/rotation') {
    await rotate();
    return response.end(keys[0].kid);
  }
  if (request.url === '/test/fetches') return response.end(String(fetches));
  if (request.url === '/jwks') fetches += 1;
  return serve(request, response);
}
