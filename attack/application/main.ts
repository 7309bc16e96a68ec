// The application that is attacked, as a process of its own: its settings come from the environment, its folder is the
// argument (without one it makes itself one), and one line of its output says where it listens.
import { createApp } from "tina4-ts";
import { writeProject } from "../project.ts";
import { addAnswers } from "./answers.ts";
import { Notes } from "./notes.ts";
import { addPages } from "./pages.ts";
import { addPeople } from "./people.ts";
import { addRequests } from "./requests.ts";
import { addSessions } from "./sessions.ts";

const [given] = process.argv.slice(2);
const app = createApp({ root: given ?? writeProject().root });
const notes = new Notes();

app.get("/after", () => notes.report()).middleware("RateLimiter:1000000");
addRequests(app, notes);
addSessions(app, notes);
addAnswers(app, notes);
addPages(app);
await addPeople(app);

const { port } = await app.listen({ host: "127.0.0.1" });
console.log(`listening ${port}`);
// Whoever started it for an attack holds its input open: without him it ends.
if (given !== undefined) process.stdin.resume().once("end", () => process.exit());
