import { ATTACK_ROWS } from "../../attack/rows.ts";
import { sendRows } from "./send-rows.ts";

sendRows(
  "the attacks on a started server",
  ATTACK_ROWS.filter(({ attack, settings, startsAnother }) => attack !== undefined && !settings && !startsAnother),
);
