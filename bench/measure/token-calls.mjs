// A program to be counted: verifies or signs tokens. node bench/measure/token-calls.mjs ENGINE verify|sign CALLS
import { CLAIMS, TOKEN_ENGINES } from "./token-engines.mjs";

/** More than any of them keeps in a cache. */
const DIFFERENT_TOKENS = 10_000;
const [engine, deed, calls] = process.argv.slice(2);
const { verify, sign } = await TOKEN_ENGINES[engine]();
const count = deed === "verify" ? DIFFERENT_TOKENS : 0;
const tokens = Array.from({ length: count }, (_, id) => sign({ ...CLAIMS, user_id: id }));
const call = deed === "verify" ? (index) => verify(tokens[index % DIFFERENT_TOKENS]) : () => sign(CLAIMS);
let last;
for (let index = 0; index < Number(calls); index += 1) last = call(index);
if (!last) throw new Error(`${engine} refused its own token.`);
