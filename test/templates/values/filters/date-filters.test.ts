import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { FUNCTIONS } from "../../../../src/templates/values/functions.ts";
import { applyFilter, NOW } from "./apply-filter.ts";

const fault = (message: RegExp) => ({ name: "ValueFault", message });
const iso = (value: unknown, zone?: string) => applyFilter("date", value, "c", zone);

describe("date", () => {
  it("knows every letter of PHP", () => {
    const letters = "d D j l N S w z|W o|F m M n t L|Y y|a A g G h H i s u v|e I O P p T Z|U|\\Y\\\\";
    assert.equal(
      applyFilter("date", NOW / 1_000, letters),
      "22 Sun 22 Sunday 7 nd 0 325|47 2026|November 11 Nov 11 30 0|2026 26|pm PM 8 20 08 20 38 31 045000 045|UTC 0 +0000 +00:00 Z UTC 0|1795379911|Y\\",
    );
    assert.equal(applyFilter("date", "now", "r"), "Sun, 22 Nov 2026 20:38:31 +0000");
    assert.equal(applyFilter("date", null), "November 22, 2026 20:38");
  });

  it("counts weeks, days and leap years", () => {
    assert.equal(applyFilter("date", "2021-01-01", "o-W z L t"), "2020-53 0 0 31");
    assert.equal(applyFilter("date", "2024-12-31", "o-W z L"), "2025-01 365 1");
    assert.deepEqual(
      [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 31].map((day) =>
        applyFilter("date", `2026-01-${String(day).padStart(2, "0")}`, "jS"),
      ),
      ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "31st"],
    );
  });

  it("knows the years 1 to 9999, and no other", () => {
    assert.equal(applyFilter("date", "0099-03-01", "Y y z L"), "0099 99 59 0");
    assert.equal(applyFilter("date", "9999-12-31", "Y-m-d t", "Asia/Tokyo"), "9999-12-31 31");
    for (const time of [8.64e15, -8.64e15]) {
      assert.throws(() => applyFilter("date", new Date(time), "c", "Asia/Tokyo"), fault(/years 1 to 9999/));
    }
  });

  it("shows what the clocks of a zone show, in summer and in winter", () => {
    assert.equal(
      applyFilter("date", "2026-07-01 12:00", "H:i e I O P T", "America/New_York"),
      "08:00 America/New_York 1 -0400 -04:00 EDT",
    );
    assert.equal(applyFilter("date", "2026-01-01 23:30", "Y-m-d H:i I p", "Europe/Paris"), "2026-01-02 00:30 0 +01:00");
    assert.equal(iso("2026-01-01", "+05:30"), "2026-01-01T05:30:00+05:30");
    assert.throws(() => iso("2026-01-01", "Mars/Olympus"), fault(/no such time zone/));
  });

  it("takes a Date, seconds, and texts as they are usual", () => {
    const same = [
      new Date(Date.UTC(2026, 11, 24, 18, 30)),
      1798137000,
      1798137000n,
      "1798137000",
      "2026-12-24 18:30",
      "2026-12-24T18:30:00Z",
      "2026-12-24T19:30:00.5+01:00",
      "2026-12-24 13:30:00 -0500",
    ];
    for (const value of same) assert.equal(iso(value), "2026-12-24T18:30:00+00:00", String(value));
    assert.equal(iso("1969-12-31"), "1969-12-31T00:00:00+00:00");
    assert.equal(iso("-86400"), "1969-12-31T00:00:00+00:00");
  });

  it("refuses what is no date, and milliseconds", () => {
    for (const value of [
      "2026-02-30",
      "2026-13-01",
      "24.12.2026 um acht",
      "2026-12-24T25:00",
      {},
      [],
      true,
      new Date(Number.NaN),
      Number.NaN,
    ]) {
      assert.throws(() => iso(value), { name: "ValueFault" }, String(value));
    }
    assert.throws(() => iso(NOW), fault(/divide milliseconds by 1000/));
    assert.throws(() => applyFilter("date", 0, "c".repeat(1_000_000)), fault(/10485760/));
  });

  it("reads back what it writes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 250_000_000_000 }),
        fc.constantFrom("UTC", "Asia/Kolkata", "America/St_Johns"),
        (seconds, zone) => {
          assert.equal(applyFilter("date", iso(seconds, zone), "U"), String(seconds));
        },
      ),
      { seed: 7148 },
    );
  });
});

describe("date_modify", () => {
  it("moves a date", () => {
    const moved: readonly (readonly [string, string])[] = [
      ["+1 day", "2026-01-01T10:00:00"],
      ["-2 weeks", "2025-12-17T10:00:00"],
      ["+1 month -1 hour", "2026-01-31T09:00:00"],
      ["2 days ago", "2025-12-29T10:00:00"],
      ["+2years", "2027-12-31T10:00:00"],
      ["1 fortnight 90 minutes 5 sec", "2026-01-14T11:30:05"],
      ["tomorrow noon", "2026-01-01T12:00:00"],
      ["yesterday", "2025-12-30T00:00:00"],
      ["midnight", "2025-12-31T00:00:00"],
      ["first day of next month", "2026-01-01T10:00:00"],
      ["last day of previous month", "2025-11-30T10:00:00"],
      ["last day of", "2025-12-31T10:00:00"],
      ["next month", "2026-01-31T10:00:00"],
      ["next wednesday", "2026-01-07T00:00:00"],
      ["last wednesday", "2025-12-24T00:00:00"],
      ["Next FRIDAY", "2026-01-02T00:00:00"],
    ];
    for (const [modifier, expected] of moved) {
      assert.equal(iso(applyFilter("date_modify", "2025-12-31 10:00", modifier)), `${expected}+00:00`, modifier);
    }
  });

  it("goes on into the next month where a day does not exist, as PHP does", () => {
    assert.equal(iso(applyFilter("date_modify", "2026-01-31", "+1 month")), "2026-03-03T00:00:00+00:00");
  });

  it("leaves the date that it was given alone", () => {
    const date = new Date(0);
    applyFilter("date_modify", date, "+1 day");
    assert.equal(date.getTime(), 0);
  });

  it("refuses what it cannot read, and what leads beyond all time", () => {
    for (const modifier of ["whenever", "+1 dayx", "1", "+1 day;", "a".repeat(1_000_000), "+999999 years"]) {
      assert.throws(() => applyFilter("date_modify", "now", modifier), { name: "ValueFault" });
    }
    assert.throws(() => FUNCTIONS.date?.call(["+999999 years", "Europe/Paris"], { now: () => NOW, random: () => 0 }), {
      name: "ValueFault",
    });
  });
});
