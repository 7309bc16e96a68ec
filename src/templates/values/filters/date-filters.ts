import type { Callable } from "../callable.ts";
import { dateOf } from "../dates/date-of.ts";
import { dateText } from "../dates/date-text.ts";
import { modifiedDate } from "../dates/modified-date.ts";
import { timeZone } from "../dates/time-zone.ts";
import { toText } from "../to-text.ts";

const DEFAULT_FORMAT = "F j, Y H:i";

/** Texts without a zone are read as UTC; a zone that is asked for is the one to show. */
const UTC = timeZone("UTC");

export const DATE_FILTERS: Readonly<Record<string, Callable>> = {
  date: {
    parameters: ["format", "timezone"],
    call: ([value, format, zone], { now }) =>
      dateText(dateOf(value, now(), UTC), toText(format ?? DEFAULT_FORMAT), timeZone(zone)),
  },
  date_modify: {
    parameters: ["modifier"],
    required: 1,
    call: ([value, modifier], { now }) => modifiedDate(dateOf(value, now(), UTC), toText(modifier), UTC),
  },
};
