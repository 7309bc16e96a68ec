import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { assertNone } from "./assert-none.ts";
import { importsOf } from "./imports-of.ts";
import { PROJECT_ROOT, projectFiles, sourceFiles } from "./project-files.ts";
import { type Lock, type Platform, runtimePackages } from "./runtime-packages.ts";

const MAX_RUNTIME_PACKAGES = 36;
const PLATFORMS: readonly Platform[] = [
  { os: "linux", cpu: "x64" },
  { os: "linux", cpu: "arm64" },
  { os: "darwin", cpu: "arm64" },
  { os: "win32", cpu: "x64" },
];

/** A folder of somebody's machine; a host that packages come from, or a key to it. */
const MACHINE_PATH = /(?<![\w.])(?:\/(?:home|root|work|workspace|Users)\/|[A-Z]:\\Users\\)\w/;
const REGISTRY = /\bregistry\.(?:npmjs|yarnpkg|npmmirror)\.|\/-\/[\w.-]+\.tgz\b|_auth(?:Token)?\s*=\s*\S/i;

interface Manifest {
  readonly engines: { readonly node: string };
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

const manifest: Manifest = JSON.parse(readFileSync(`${PROJECT_ROOT}package.json`, "utf8"));
const lock: Lock = JSON.parse(readFileSync(`${PROJECT_ROOT}package-lock.json`, "utf8"));
const locked = Object.entries(lock.packages);
const built = existsSync(`${PROJECT_ROOT}dist`);

describe("the package", () => {
  it("runs on Node.js 20.19 and later", () => {
    assert.equal(manifest.engines.node, ">=20.19");
  });

  for (const platform of PLATFORMS) {
    it(`brings at most ${MAX_RUNTIME_PACKAGES} packages to ${platform.os} on ${platform.cpu}`, () => {
      const places = runtimePackages(lock, platform);
      assert.ok(places.length >= Object.keys(manifest.dependencies).length);
      assert.ok(places.length <= MAX_RUNTIME_PACKAGES, `${places.length}: ${places.join(", ")}`);
    });
  }

  it("brings as many packages to Linux as README.md says", () => {
    const [, said] = /It installs (\d+) packages/.exec(readFileSync(`${PROJECT_ROOT}README.md`, "utf8")) ?? [];
    assert.equal(Number(said), runtimePackages(lock, { os: "linux", cpu: "x64" }).length);
  });

  it("runs no script where it is installed, and neither does a package that it brings", () => {
    const own = ["preinstall", "install", "postinstall"].filter((name) => manifest.scripts[name] !== undefined);
    const theirs = PLATFORMS.flatMap((platform) => runtimePackages(lock, platform)).filter(
      (place) => lock.packages[place]?.hasInstallScript,
    );
    assertNone([...own, ...theirs]);
  });

  it("imports only what it brings, what a user may add, and Node.js", () => {
    const optionalPeers = Object.keys(manifest.peerDependencies ?? {}).filter(
      (name) => manifest.peerDependenciesMeta?.[name]?.optional,
    );
    const allowed = [...Object.keys(manifest.dependencies), ...optionalPeers];
    assertNone(
      packageImports().flatMap(({ name, where }) => (allowed.includes(name) ? [] : [`${where} imports ${name}`])),
    );
  });

  it("brings only what it imports", () => {
    const imported = packageImports().map(({ name }) => name);
    assertNone(Object.keys(manifest.dependencies).filter((name) => !imported.includes(name)));
  });

  it("asks for a peer only where it can do without", () => {
    const peers = Object.keys(manifest.peerDependencies ?? {});
    assertNone(peers.filter((name) => manifest.peerDependenciesMeta?.[name]?.optional !== true));
  });

  it("finds its own files from dist/chunks too, where the build puts what several entries share", () => {
    const fromBeside = /["'`]\.\/[^"'`]*["'`], import\.meta\.url/;
    const files = sourceFiles("src/").filter(({ name }) => fromBeside.test(readFileSync(PROJECT_ROOT + name, "utf8")));
    assertNone(files.map(({ name }) => `${name}: write "../room/file.js" for "./file.js"`));
  });

  it("gives each class that it exports the name of its export", { skip: !built && "dist/ is not there" }, async () => {
    const modules = await Promise.all(
      ["dist/index.js", "dist/testing/index.js"].map((file) => import(PROJECT_ROOT + file)),
    );
    const classes = modules
      .flatMap((exported) => Object.entries<unknown>(exported))
      .filter(([name]) => /^[A-Z]/.test(name));
    assert.ok(classes.length >= 10);
    assertNone(classes.flatMap(([name, value]) => (typeof value === "function" && value.name !== name ? [name] : [])));
  });

  it("exports files that the build makes", { skip: !built && "dist/ is not there: npm run build makes it" }, () => {
    const targets = [manifest.exports, manifest.bin].flatMap((places) =>
      Object.values(places).flatMap((target) => (typeof target === "string" ? [target] : Object.values(target))),
    );
    assert.ok(targets.length >= 4);
    assertNone(targets.filter((target) => !existsSync(PROJECT_ROOT + target)).map((target) => `${target} is missing`));
  });
});

describe("the project's files", () => {
  it("lock packages by name and content, not by the host they came from", () => {
    assert.ok(locked.length > 10);
    assertNone(locked.flatMap(([place, { resolved }]) => (resolved === undefined ? [] : [`${place}: ${resolved}`])));
  });

  it("lock every package that a locked one names, those for other platforms too, so that npm ci accepts them", () => {
    const named = locked.flatMap(([place, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies }).map((name) => ({ place, name })),
    );
    const known = new Set(locked.map(([place]) => place.replace(/^.*node_modules\//, "")));
    assertNone(named.flatMap(({ place, name }) => (known.has(name) ? [] : [`${place} names ${name}`])));
  });

  it("name no folder of a machine and no host that packages come from", () => {
    assertNone(
      projectFiles().flatMap((name) => {
        const lines = readFileSync(PROJECT_ROOT + name, "utf8").split("\n");
        return lines.flatMap((line, at) =>
          isOfOneMachine(line) ? [`${name}:${at + 1}: ${line.trim().slice(0, 80)}`] : [],
        );
      }),
    );
  });

  it("may name paths of the web and of the project", () => {
    for (const line of [
      'get("/users/{id:int}")',
      "src/routes/work/a.ts",
      "/tmp/x",
      "node_modules/root/x",
      "./home/a",
    ]) {
      assert.equal(isOfOneMachine(line), false, line);
    }
    const [slash, dot, backslash] = ["/", ".", "\\"];
    for (const line of [
      ["", "home", "ann", "a.ts"].join(slash),
      `file:${["//", "root", "a.ts"].join(slash)}`,
      ["C:", "Users", "ann"].join(backslash),
      `https://${["registry", "npmjs", "org"].join(dot)}`,
      ["https://packages.example/cookie", "-", "cookie-1.1.1.tgz"].join(slash),
    ]) {
      assert.equal(isOfOneMachine(line), true, line);
    }
  });
});

function isOfOneMachine(line: string): boolean {
  return MACHINE_PATH.test(line) || REGISTRY.test(line);
}

/** Every import of `src/` that names a package. */
function packageImports(): readonly { readonly name: string; readonly where: string }[] {
  return sourceFiles("src/").flatMap((file) =>
    importsOf(file.tokens)
      .filter(({ specifier }) => !specifier.startsWith(".") && !specifier.startsWith("node:"))
      .map(({ specifier, line }) => ({
        name: /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier,
        where: `${file.name}:${line}`,
      })),
  );
}
