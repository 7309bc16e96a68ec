import { get, group, requireApiKey } from "tina4-ts";

declare module "tina4-ts" {
  interface RequestState {
    /** The key that the request came with, one of `API_KEYS`. */
    apiKey?: string;
  }
}

group("/api/partner", { middleware: requireApiKey() }, () => {
  get("/data", (request) => ({
    authenticated_with: request.state.apiKey,
    data: [
      { id: 1, value: "alpha" },
      { id: 2, value: "beta" },
    ],
  }));

  get("/stats", (request) => ({
    authenticated_with: request.state.apiKey,
    stats: { total_requests: 1423, avg_response_ms: 42 },
  }));
});
