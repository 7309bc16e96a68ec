#!/usr/bin/env node
import { COMMANDS } from "./commands.ts";
import { endProcess } from "./end-process.ts";
import { hideExpectedWarnings } from "./hide-expected-warnings.ts";
import { outliveClosedPipes } from "./outlive-closed-pipes.ts";
import { reportError } from "./report-error.ts";
import { runCommandLine } from "./run-command-line.ts";

hideExpectedWarnings();
outliveClosedPipes();
endProcess(await runCommandLine(process.argv.slice(2), COMMANDS).catch(reportError));
