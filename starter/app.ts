import { Middleware, RequestLoggerMiddleware, run } from "tina4-ts";

// Runs before the files in src/routes are loaded: the place for middleware around every route, and for connections.
Middleware.use(RequestLoggerMiddleware);

await run();
