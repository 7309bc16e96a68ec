import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isSecretName } from "../../src/log/secret-name.ts";

const SECRET = [
  "Authorization proxy-authorization Cookie Set-Cookie cookies X-API-Key api_key apiKeys apikey2 X-Form-Token",
  "formToken _token FreshToken token access_token refreshToken id_token csrfToken password new_password pwd Passwd",
  "passphrase pass SECRET TINA4_SECRET SECRET_PREVIOUS client_secret privateKey private_key credentials bearer jwt",
  "pin user_pin userPin smtpPass dbPass2 otp ticket ticket[] session sessionId __Host-tina4_session sid user[password]",
];

const PLAIN = [
  "method target path status ms requestId ip port host level author authority ticketCount sessionBackend compass",
  "spin pinned option code passenger bypass side inside key keys monkey user_id email role name query window",
];

describe("isSecretName", () => {
  it("knows names of credentials in every spelling", () => {
    for (const name of SECRET.join(" ").split(" ")) assert.equal(isSecretName(name), true, name);
  });

  it("lets the usual names of a log entry pass", () => {
    for (const name of PLAIN.join(" ").split(" ")) assert.equal(isSecretName(name), false, name);
  });
});
