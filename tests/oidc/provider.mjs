// A real OpenID Connect provider on loopback, for tests: provider.py starts it and says what it can do.
//
// Started with the folder of its packages and one JSON object of options; answers each JSON line on its standard input
// with one on its standard output, the first one when it listens; ends with its standard input.

import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// Standard output is for answers; the provider's hints on its own settings are not.
console.info = console.error;

const [packages, given] = process.argv.slice(2);
const installed = (path) => import(pathToFileURL(join(packages, 'node_modules', 'oidc-provider', 'lib', path)).href);
const { Provider } = await installed('index.js');
const { createMemoryAdapter } = await installed('adapters/memory_adapter.js');

const state = { ...JSON.parse(given), refuse: null, down: false, requests: {} };

function signingKey(type, alg, options) {
  const { privateKey } = generateKeyPairSync(type, options);
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg };
}

const newKeys = () => [
  signingKey('rsa', 'RS256', { modulusLength: 2048 }),
  signingKey('ec', 'ES256', { namedCurve: 'P-256' }),
];

function clients() {
  const panel = {
    client_id: state.client_id,
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: state.redirect_uris,
    post_logout_redirect_uris: state.redirect_uris,
    id_token_signed_response_alg: state.algorithm,
  };
  const machines = Object.entries(state.machines).map(([client_id, machine]) => ({
    client_id,
    client_secret: machine.secret,
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
  }));
  return [panel, ...machines];
}

async function grantEverything(ctx) {
  const { client, session, params, provider } = ctx.oidc;
  const known = session.grantIdFor(client.clientId);
  const found = known && (await provider.Grant.find(known));
  const grant = found || new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(params.scope);
  grant.addResourceScope(state.audience, params.scope);
  await grant.save();
  return grant;
}

function configuration(keys, adapter) {
  return {
    adapter,
    jwks: { keys },
    clients: clients(),
    cookies: { keys: [cookieKey] },
    scopes: ['openid', 'offline_access', 'profile'],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
    conformIdTokenClaims: false,
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      introspection: { enabled: true },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          const button = '<button form="op.logoutForm" name="logout" value="yes">Sign out</button>';
          const submit = '<script>document.querySelector("button").click()</script>';
          ctx.body = `<!DOCTYPE html><title>Sign out</title>${form}${button}${submit}`;
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = '<!DOCTYPE html><title>Signed out</title>';
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => state.audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'openid offline_access profile',
          audience: state.audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: state.access_token_s,
          jwt: { sign: { alg: state.algorithm } },
        }),
      },
    },
    extraTokenClaims: (_ctx, token) =>
      token.kind === 'ClientCredentials' ? state.machines[token.clientId].claims : state.users[token.accountId]?.claims,
    findAccount: (_ctx, sub) =>
      state.users[sub] && { accountId: sub, claims: () => ({ sub, ...state.users[sub].profile }) },
    interactions: { url: (_ctx, interaction) => `/sign-in/${interaction.uid}` },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: () => false,
    loadExistingGrant: grantEverything,
    rotateRefreshToken: true,
    ttl: {
      AccessToken: () => state.access_token_s,
      ClientCredentials: () => state.access_token_s,
      IdToken: () => state.id_token_s,
      RefreshToken: () => state.refresh_token_s,
      Session: 3600,
      Grant: 3600,
      Interaction: 600,
    },
  };
}

const server = createServer();
await new Promise((resolve) => server.listen(state.port, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const cookieKey = randomUUID();
let keys = newKeys();
let adapter = createMemoryAdapter();
let provider;
let answer;
function build() {
  provider = new Provider(issuer, configuration(keys, adapter));
  answer = provider.callback();
}
build();

// Nobody types: whoever is to be signed in next is told beforehand.
async function signIn(request, response) {
  const { prompt } = await provider.interactionDetails(request, response);
  const result = state.refuse
    ? { error: state.refuse, error_description: 'refused by the test' }
    : { [prompt.name]: prompt.name === 'login' ? { accountId: state.sign_in_as } : {} };
  await provider.interactionFinished(request, response, result);
}

server.on('request', (request, response) => {
  const { pathname } = new URL(request.url, issuer);
  state.requests[pathname] = (state.requests[pathname] ?? 0) + 1;
  if (state.down) {
    response.writeHead(503).end();
  } else if (pathname.startsWith('/sign-in/')) {
    signIn(request, response).catch((failure) => response.writeHead(400).end(String(failure)));
  } else {
    answer(request, response);
  }
});

const controls = {
  set(values) {
    Object.assign(state, values);
    build();
  },
  rotate_keys({ keep_old: keepOld }) {
    keys = keepOld ? [...newKeys(), ...keys] : newKeys();
    build();
  },
  revoke_all() {
    adapter = createMemoryAdapter();
    build();
  },
  requests: () => ({ requests: state.requests }),
};

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
say({ issuer });
for await (const line of createInterface({ input: process.stdin })) {
  const { control, ...values } = JSON.parse(line);
  say({ ok: true, ...controls[control](values) });
}
process.exit(0);
