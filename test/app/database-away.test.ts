import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { Database } from "../../src/database/database.ts";
import { DatabasePools } from "../../src/database/database-pools.ts";
import { newApp } from "./test-app.ts";

/** Nothing listens there. */
const URL_WITH_SECRETS = "postgres://shop-user:hunter4@127.0.0.1:1/shop";
const SECRETS = /hunter4|shop-user/;

describe("a request that needs a database which is away", () => {
  let pools: DatabasePools;
  beforeEach(() => {
    pools = new DatabasePools({ root: "/" });
  });
  afterEach(async () => pools.close());

  const ask = async (debug: boolean) => {
    const { app, log } = newApp({ TINA4_DEBUG: debug, TINA4_DATABASE_URL: URL_WITH_SECRETS });
    app.get("/", () => new Database({ url: URL_WITH_SECRETS, pools }).fetch("SELECT 1"));
    const headers = { Host: "localhost", Accept: "text/html" };
    const response = await app.dispatch({ path: "/", headers });
    const overview = await (await app.dispatch({ path: "/__tina4", headers })).text();
    const page = await response.text();
    await app.close();
    return { response, page, overview, logged: log.lines.join("") };
  };

  it("is answered with 503; the log says which server and why, and nobody learns the password", async () => {
    const { response, page, logged } = await ask(false);
    assert.equal(response.status, 503);
    assert.equal(response.headers.get("Retry-After"), "1");
    assert.doesNotMatch(page, /127\.0\.0\.1|PostgreSQL|ECONN/);
    assert.match(logged, /PostgreSQL at 127\.0\.0\.1:1 cannot be reached: connect ECONNREFUSED/);
    assert.doesNotMatch(page + logged, SECRETS);
  });

  it("is never served where the URL has a mistake in it: the application does not start", async () => {
    const { app } = newApp({ TINA4_DATABASE_URL: `${URL_WITH_SECRETS}?pol=5` });
    await assert.rejects(app.dispatch({ path: "/" }), { code: "OPTION_INVALID", message: /"pol".*"pool"/ });
    await app.close();
  });

  it("is explained to the developer, without the password as well", async () => {
    const { page, overview, logged } = await ask(true);
    assert.match(page, /PostgreSQL at 127\.0\.0\.1:1 cannot be reached/);
    assert.match(overview, /TINA4_DATABASE_URL/);
    assert.doesNotMatch(page + overview + logged, SECRETS);
  });
});
