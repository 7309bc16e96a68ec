// Preloaded into a server that is scanned: counts its answers by status, and tells its parent when asked.
import { subscribe } from "node:diagnostics_channel";

const answers = {};
subscribe("http.server.response.finish", ({ request, response }) => {
  if (request.url !== "/health") answers[response.statusCode] = (answers[response.statusCode] ?? 0) + 1;
});
process.on("message", () => process.send({ answers, memory: process.memoryUsage.rss() }));
process.channel?.unref();
// Nobody is left behind by a scan that is interrupted.
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
