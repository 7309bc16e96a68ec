import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type AccessMarks, refuseUnclearMarks } from "../../src/auth/access-marks.ts";

describe("refuseUnclearMarks", () => {
  it("refuses noAuth together with secure or a role (M14)", () => {
    refuses({ noAuth: true, secure: true }, "ROUTE_CONTRADICTION", /\.noAuth\(\) opens the route and \.secure\(\)/);
    refuses({ noAuth: true, secure: { session: true } }, "ROUTE_CONTRADICTION", /\.secure\(\)/);
    refuses({ noAuth: true, roles: ["admin"] }, "ROUTE_CONTRADICTION", /\.noAuth\(\) opens the route and \.role\(\)/);
  });

  it("refuses crossSite on a route that is not public, or that requires a form token", () => {
    refuses({ crossSite: true }, "ROUTE_CONTRADICTION", /Add \.noAuth\(\)/);
    refuses({ crossSite: true, secure: { session: true } }, "ROUTE_CONTRADICTION", /Add \.noAuth\(\)/);
    refuses({ noAuth: true, crossSite: true, csrf: true }, "ROUTE_CONTRADICTION", /\.csrf\(\)/);
  });

  it("refuses a loginPath where no session is accepted", () => {
    refuses({ secure: { loginPath: "/login" } }, "ROUTE_CONTRADICTION", /Add session: true/);
  });

  it("refuses a loginPath that a browser could take elsewhere or would write otherwise", () => {
    const elsewhere = ["", "login", "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example/"];
    const otherwise = ["/.//evil.example", "/a/../b", "/a/%2e%2e/b", "/a\tb", "/a b", "/ä", "/login?a=1", "/login#a"];
    for (const loginPath of [...elsewhere, ...otherwise, "//", "javascript:alert(1)", " /login", "/login\n"]) {
      refuses({ secure: { session: true, loginPath } }, "ROUTE_CONTRADICTION", /is no plain path/);
    }
    for (const loginPath of ["/", "/login", "/account/login/", "/sign-in%20here"]) {
      refuseUnclearMarks({ secure: { session: true, loginPath } });
    }
  });

  it("refuses a role without a name, and a list of none", () => {
    for (const roles of [[], [""], [" "], ["admin", ""]]) {
      refuses({ roles }, "ROUTE_CONTRADICTION", /as in \.role\("admin"\)/);
    }
    refuses({ roles: [7] as never }, "ROUTE_CONTRADICTION", /\.role\(\)/);
  });

  it("refuses an unknown option of secure and names the nearest one", () => {
    refuses({ secure: { sesion: true } as never }, "OPTION_UNKNOWN", /^\.secure\(\) has.* Did you mean "session"\?/);
  });

  it("refuses what is neither true nor false, so that no text opens a route", () => {
    for (const name of ["secure", "noAuth", "crossSite", "csrf"]) {
      for (const value of ["false", 1, 0, null]) {
        refuses({ [name]: value } as AccessMarks, "OPTION_INVALID", new RegExp(`^${name} is true or false`));
      }
    }
    refuses({ secure: { session: "yes" as never } }, "OPTION_INVALID", /^session is true or false/);
    refuses({ secure: { session: true, loginPath: 7 as never } }, "ROUTE_CONTRADICTION", /is no plain path/);
  });

  it("accepts the marks that go together", () => {
    refuseUnclearMarks({});
    refuseUnclearMarks({ noAuth: true, csrf: true });
    refuseUnclearMarks({ noAuth: true, crossSite: true, secure: false });
    refuseUnclearMarks({ secure: { session: true, loginPath: "/login" }, roles: ["admin"], csrf: true });
  });
});

function refuses(marks: AccessMarks, code: string, message: RegExp): void {
  assert.throws(() => refuseUnclearMarks(marks), { name: "Tina4Error", code, message });
}
