import { type Command, command } from "./command.ts";
import { help } from "./help.ts";

/** Every command: its name, what it does, what it takes, and the function that does it, which is loaded when it is needed. */
export const COMMANDS: readonly Command[] = [
  command({
    name: "init",
    meaning: "Writes a project that runs, with tests and a database.",
    operands: ["folder?"],
    flags: { yes: { meaning: "Ask nothing; without a folder take the current one." } },
    details:
      "It replaces nothing: where one of its files is there already, it lists them and writes none. " +
      "The name of the folder becomes the name of the project.",
    makesFolder: true,
    run: async (values) => (await import("./init.ts")).init(values),
  }),
  command({
    name: "serve",
    meaning: "Runs the project in a folder; in debug it starts anew when a file changes.",
    operands: ["folder?"],
    flags: {
      port: {
        value: { type: "number", name: "N" },
        meaning: "Listen on this port instead of PORT; 0 takes a free one.",
      },
      host: { value: { type: "text", name: "H" }, meaning: "Listen on this address instead of TINA4_HOST." },
      workers: {
        value: { type: "text", name: "N|auto" },
        meaning: "Serve from so many processes instead of TINA4_WORKERS; auto takes one per core.",
      },
      production: { meaning: "Run as in production, whatever TINA4_DEBUG says." },
      migrate: { meaning: "Apply pending migrations first." },
    },
    run: async (values) => (await import("./serve.ts")).serve(values),
  }),
  command({
    name: "routes",
    meaning: "Lists the routes with what each of them demands.",
    operands: ["folder?"],
    flags: {
      json: { meaning: "Print JSON." },
      "public-writes": {
        meaning: "List only writes that are open to strangers; fail when one is not in tina4.allow.json.",
      },
    },
    details:
      "The JSON is a list with one object for each method of each route: method, path, name, template, auth (none, bearer, " +
      "bearer-or-session), roles, locks (what middleware asks for besides: API key), crossSite, csrf (none, when-presented, required-for-session, required, or off where " +
      "TINA4_CSRF is), limit (requests and windowSeconds of each), middleware, isPublicWrite and declaredAt. Members may be " +
      'added, none is taken away. tina4.allow.json is { "publicWrites": ["POST /api/login"] }; with --public-writes, a CI run ' +
      "ends with 1 as soon as somebody opens another write.",
    run: async (values) => (await import("./routes.ts")).routes(values),
  }),
  command({
    name: "check",
    meaning: "Looks for mistakes in the project, and with --deploy for what is not fit for production.",
    operands: ["folder?"],
    flags: {
      deploy: { meaning: "Look at settings, keys, files and this machine as production needs them." },
      json: { meaning: "Print JSON." },
      url: {
        value: { type: "text", name: "ORIGIN" },
        meaning: "Look at the answers of a running server instead, with twenty requests at most; with --deploy too.",
      },
    },
    run: async (values) => (await import("./check.ts")).check(values),
  }),
  command({
    name: "migrate",
    meaning: "Applies the migrations in src/migrations that are pending.",
    operands: ["folder?"],
    flags: {},
    run: async () => (await import("./migrate.ts")).migrate(),
  }),
  command({
    name: "migrate:status",
    meaning: "Shows which migrations are applied.",
    operands: ["folder?"],
    flags: { json: { meaning: "Print JSON." } },
    run: async (values) => (await import("./migrate.ts")).migrateStatus(values),
  }),
  command({
    name: "migrate:create",
    meaning: "Writes an empty migration, named by the time and the given name.",
    operands: ["name", "folder?"],
    flags: {},
    run: async (values) => (await import("./migrate.ts")).migrateCreate(values),
  }),
  command({
    name: "migrate:rollback",
    meaning: "Undoes the last migration.",
    operands: ["folder?"],
    flags: { steps: { value: { type: "number", name: "N" }, meaning: "Undo the last N migrations." } },
    run: async (values) => (await import("./migrate.ts")).migrateRollback(values),
  }),
  command({
    name: "migrate:resolve",
    meaning: "Tells how far a migration came whose run was cut off in the middle, so that the next run goes on there.",
    operands: ["name", "folder?"],
    flags: {
      done: {
        value: { type: "number", name: "N" },
        meaning: "Its first N statements are done; 0 when all was undone.",
      },
    },
    run: async (values) => (await import("./migrate.ts")).migrateResolve(values),
  }),
  command({
    name: "secret",
    meaning: "Prints 64 random hexadecimal characters, for SECRET in .env.",
    operands: [],
    flags: {},
    run: async () => (await import("./secret.ts")).secret(),
  }),
  command({
    name: "hash",
    meaning: "Reads a password from the terminal or from standard input and prints its hash.",
    operands: [],
    flags: {},
    run: async () => (await import("./hash.ts")).hash(),
  }),
  command({
    name: "sessions:sweep",
    meaning: "Removes sessions that have expired, and all that is kept like them.",
    operands: ["folder?"],
    flags: {},
    details:
      "A running server does so by itself, once a minute. With TINA4_SESSION_BACKEND=file this does it now, also while " +
      "servers run; Redis, Valkey and MongoDB need no sweeping.",
    run: async () => (await import("./sessions-sweep.ts")).sessionsSweep(),
  }),
  command({
    name: "help",
    meaning: "Explains a command, or lists them all.",
    operands: ["command?"],
    flags: {},
    run: ({ command: name }) => help(name, COMMANDS),
  }),
];
