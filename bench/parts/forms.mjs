import { COST_UNIT, costsPerRequest } from "../measure/cost-per-request.mjs";
import { formPosts } from "../measure/form-posts.mjs";
import { SCENARIOS } from "../measure/scenarios.mjs";

const TIMES_FASTIFY_AT_MOST = 0.5;

const REUSABLE = { BENCH_SINGLE_USE: "false" };
const FILES = { BENCH_SESSION_BACKEND: "file" };
const SUBJECTS = [
  { name: "form, Fastify, memory, token can be used again", server: "fastify-form", form: true },
  { name: "form, memory, token can be used again", form: true, env: REUSABLE },
  { name: "form, memory, token for one use", form: true },
  { name: "form, files, token can be used again", form: true, env: { ...REUSABLE, ...FILES } },
  { name: "form, files, token for one use", form: true, env: FILES },
  { name: "me, without FreshToken", env: { BENCH_FRESH_TOKEN: "false" } },
  { name: "me, with FreshToken" },
];

export const title = "Forms and sessions: what knows its visitor";

export async function measure() {
  const costs = await costsPerRequest(
    SUBJECTS.map(({ form, server = "sessions", env }) => ({
      server,
      scenario: form ? formPosts() : SCENARIOS.me,
      env,
    })),
  );
  const [fastify, own] = costs;
  return {
    columns: ["scenario", COST_UNIT, "× Fastify's form"],
    rows: SUBJECTS.map(({ name }, index) => [name, costs[index].toFixed(1), (costs[index] / fastify).toFixed(2)]),
    notes: [
      "Each post has two fields, a session cookie and the form token; the session is read, and saved when it changed.",
    ],
    targets: [
      {
        what: "form with a token that can be used again, × Fastify",
        figure: own / fastify,
        atMost: TIMES_FASTIFY_AT_MOST,
      },
    ],
  };
}
