// A certified OpenID Connect provider on http://localhost, for the test of Bevis's log-in.
//
//   node provider.mjs REDIRECT_URI POST_LOGOUT_REDIRECT_URI CLIENT_SECRET (token|userinfo)
//
// The last word says where the groups are: in the id token, or in userinfo only, as the standard has it.
// Prints one line of JSON with the issuer when it listens, and ends when its standard input closes.

import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

const [redirect, afterLogout, secret, groupsIn] = process.argv.slice(2);

const people = {
  anna: { name: 'Anna Provider', email: 'anna@example.org', groups: ['staff', 'others'] },
  bent: { name: 'Bent Provider', email: 'bent@example.org', groups: [] },
};

const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'only' };

const server = createServer();
server.listen(0, 'localhost', () => {
  const issuer = `http://localhost:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'bevis',
        client_secret: secret,
        redirect_uris: [redirect],
        post_logout_redirect_uris: [afterLogout],
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ['only for this test'] },
    claims: { openid: ['sub'], profile: ['name'], email: ['email'], groups: ['groups'] },
    conformIdTokenClaims: groupsIn !== 'token',
    findAccount: (_, id) =>
      people[id] && { accountId: id, claims: async () => ({ sub: id, ...people[id] }) },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  });
  server.on('request', provider.callback());
  console.log(JSON.stringify({ issuer }));
});

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
