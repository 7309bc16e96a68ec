import { assertSameTokens } from "../measure/assert-same-tokens.mjs";
import { canCountCalls, instructionsPerCall } from "../measure/instructions-per-call.mjs";
import { median } from "../measure/median.mjs";
import { microsecondsPerCall } from "../measure/microseconds-per-call.mjs";
import { takeTurns } from "../measure/take-turns.mjs";
import { CLAIMS, TOKEN_ENGINES } from "../measure/token-engines.mjs";

export const title = "Tokens: HS256, three claims and two times, every check on";

const OWN = "tina4-ts";
const PEER = "fast-jwt";
const DIFFERENT_TOKENS = 10_000;
/** So short that few of them are interrupted: else the slower library would seem slower than it is. */
const CALLS_A_ROUND = 20;
const ROUNDS = 1001;
const FAR_AHEAD = 0.8;
const PROGRAM = "token-calls.mjs";

export async function measure() {
  const engines = {};
  for (const [name, load] of Object.entries(TOKEN_ENGINES)) engines[name] = await load();
  const tokens = await Promise.all(
    Array.from({ length: DIFFERENT_TOKENS }, (_, id) => engines[PEER].sign({ ...CLAIMS, user_id: id })),
  );
  for (const [name, engine] of Object.entries(engines)) await assertSameTokens(name, engine);
  const times = await timesOf(engines, tokens);
  const counts = canCountCalls ? await countsOf([OWN, PEER]) : {};
  return {
    columns: [
      "library",
      "verify one, µs",
      `× ${PEER}`,
      "verify 10,000, µs",
      `× ${PEER}`,
      "sign, µs",
      `× ${PEER}`,
      "verify, instructions",
      "sign, instructions",
    ],
    rows: Object.keys(engines).map((name) => [
      name,
      ...times.flatMap((of) => [of[name].toFixed(2), (of[name] / of[PEER]).toFixed(2)]),
      counts[name]?.verify.toFixed(0) ?? "–",
      counts[name]?.sign.toFixed(0) ?? "–",
    ]),
    notes: [
      "Microseconds are medians of rounds that take turns; each library was set up once, and first had to refuse tokens that are forged, changed, expired, or without an algorithm.",
      `"Verify one" is the same token again and again, "verify 10,000" as many different ones in turn; the cache of ${PEER} holds 1,000, the framework remembers 5,000 signatures.`,
      "Instructions are counted with 10,000 different tokens, so that none is known again. The framework signs by HS256 only, so there is no RS256 to compare.",
      canCountCalls ? "Instructions are counted by valgrind." : "Instructions were not counted: valgrind is not here.",
    ],
    targets: targetsOf(times[1], counts),
  };
}

function targetsOf(verified, counts) {
  const ahead = ["jsonwebtoken", "jose"].map((name) => ({
    what: `validToken, time × ${name}`,
    figure: verified[OWN] / verified[name],
    atMost: FAR_AHEAD,
  }));
  const figure = canCountCalls ? counts[OWN].verify / counts[PEER].verify : verified[OWN] / verified[PEER];
  return [{ what: `validToken, ${canCountCalls ? "instructions" : "time"} × ${PEER}`, figure, atMost: 1 }, ...ahead];
}

/** Of verifying one token, of verifying many, and of signing. */
async function timesOf(engines, tokens) {
  const deeds = [
    ({ verify }) =>
      () =>
        verify(tokens[0]),
    ({ verify }) =>
      (index) =>
        verify(tokens[index % DIFFERENT_TOKENS]),
    ({ sign }) =>
      () =>
        sign(CLAIMS),
  ];
  const times = [];
  for (const deed of deeds) {
    const calls = Object.values(engines).map(deed);
    const samples = await takeTurns(calls, ROUNDS, (call, round) =>
      microsecondsPerCall(call, CALLS_A_ROUND, round * CALLS_A_ROUND),
    );
    times.push(Object.fromEntries(Object.keys(engines).map((name, index) => [name, median(samples[index])])));
  }
  return times;
}

async function countsOf(names) {
  const counts = {};
  for (const name of names) {
    counts[name] = {
      verify: await instructionsPerCall(PROGRAM, name, "verify"),
      sign: await instructionsPerCall(PROGRAM, name, "sign"),
    };
  }
  return counts;
}
