import { get, group } from "tina4-ts";
import { requireKey } from "../api-keys.ts";

group("/api", { middleware: requireKey }, () => {
  get("/data", (request) => ({ data: [1, 2, 3, 4, 5], api_key: requireKey.of(request).name }));
  get("/status", (request) => ({ status: "operational", api_key: requireKey.of(request).name }));
});
