import { after, before } from "node:test";
import type { SettingOverrides } from "tina4-ts";
import { openProject, type ProjectClient } from "../examples/project-client.ts";

/** After this, every place of the limits is free again. */
export const MINUTE_SECONDS = 60;

export interface Example {
  /** Where browsers find it, on a port of its own. */
  readonly origin: string;
  readonly project: ProjectClient;
  stop(): Promise<void>;
}

/** Starts an example as it is, on a database of its own. Its clock stands still until a test moves it. */
export function startExample(name: string, settings: SettingOverrides = {}): Promise<Example> {
  return startProject(new URL(`../../examples/${name}/`, import.meta.url), settings);
}

async function startProject(path: URL, settings: SettingOverrides): Promise<Example> {
  const project = await openProject(path, {}, settings);
  const { port } = await project.client.app.listen({ host: "127.0.0.1", port: 0 });
  return { origin: `http://127.0.0.1:${port}`, project, stop: () => project.close() };
}

/** An example for the tests of the `describe` it is called in. */
export function useExample(name: string, settings: SettingOverrides = {}): () => Example {
  return useStarted(() => startExample(name, settings));
}

/** The same with a project that is no example. */
export function useProject(path: URL): () => Example {
  return useStarted(() => startProject(path, {}));
}

function useStarted(start: () => Promise<Example>): () => Example {
  let example: Example | undefined;
  before(async () => {
    example = await start();
  });
  after(() => example?.stop());
  return () => {
    if (example === undefined)
      throw new Error("An example runs in tests and hooks only, not while they are described.");
    return example;
  };
}
