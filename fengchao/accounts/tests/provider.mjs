// An OpenID provider with the people of a unit, as its makers certified it: node provider.mjs CALLBACK PEOPLE.
// PEOPLE is JSON, {sub: claims}. Prints its address, then serves; its own pages ask who somebody is, and no password.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [callback, people] = [process.argv[2], JSON.parse(process.argv[3])];
const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://localhost:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "fengchao", client_secret: "s", redirect_uris: [callback] }],
    claims: { openid: ["sub"], profile: ["name", "preferred_username"], email: ["email", "email_verified"] },
    findAccount: (_, sub) => sub in people && { accountId: sub, claims: () => ({ sub, ...people[sub] }) },
  });
  server.on("request", provider.callback());
  console.log(issuer);
});
