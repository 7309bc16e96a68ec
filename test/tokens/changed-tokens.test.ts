import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { signJwt } from "../../src/tokens/sign-jwt.ts";
import { createSigningKeys } from "../../src/tokens/signing-keys.ts";
import { TOKEN_PURPOSES, type TokenPurpose } from "../../src/tokens/token-purpose.ts";
import { verifyJwt } from "../../src/tokens/verify-jwt.ts";

const NOW = 1_700_000_000_000;
const exp = NOW / 1000 + 60;
const keys = createSigningKeys({ secret: "1f0c93b5d7a24e6880bb6e5f34d2c9a7" });
const purposes = Object.keys(TOKEN_PURPOSES) as TokenPurpose[];
const purpose = fc.constantFrom(...purposes);
const claims = fc.dictionary(fc.stringMatching(/^[a-z]{4,8}$/), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });

/** Characters that some decoder takes for one of base64url, or drops. */
const lookAlike = fc.constantFrom(..."+/=-_.AQgw019 \n\t\0\u00a0\u200b\u00ad\uff21\u0410\u2024\u3002%");
const anyCharacter = fc.oneof(
  lookAlike,
  fc.nat(0xffff).map((code) => String.fromCharCode(code)),
);

describe("a token of any purpose and content", () => {
  it("verifies for its purpose, with what was signed, and for no other purpose", () => {
    const property = fc.property(purpose, claims, (made, content) => {
      const token = signJwt({ ...content, exp }, keys[made]);
      for (const asked of purposes) {
        const verified = verifyJwt(token, keys[asked], NOW);
        if (asked === made) assert.equal(JSON.stringify(verified), JSON.stringify({ ...content, exp }));
        else assert.equal(verified, null, `${made} as ${asked}`);
      }
    });
    fc.assert(property, { seed: 7148, numRuns: 300 });
  });

  it("is refused with any number of its characters replaced, added or left out", () => {
    const change = fc.record({ at: fc.nat(), cut: fc.nat(2), insert: fc.string({ unit: anyCharacter, maxLength: 2 }) });
    const property = fc.property(
      purpose,
      claims,
      fc.array(change, { minLength: 1, maxLength: 4 }),
      (made, content, all) => {
        const token = signJwt({ ...content, exp }, keys[made]);
        const changed = all.reduce((text, { at, cut, insert }) => {
          const start = at % (text.length + 1);
          return text.slice(0, start) + insert + text.slice(start + cut);
        }, token);
        fc.pre(changed !== token);
        for (const asked of purposes) assert.equal(verifyJwt(changed, keys[asked], NOW), null);
      },
    );
    fc.assert(property, { seed: 7148, numRuns: 3000 });
  });

  it("is refused with any byte of any part changed, however that part is encoded again", () => {
    const property = fc.property(
      fc.record({ made: purpose, part: fc.nat(2), at: fc.nat(), bits: fc.integer({ min: 1, max: 255 }) }),
      claims,
      ({ made, part, at, bits }, content) => {
        const parts = signJwt({ ...content, exp }, keys[made]).split(".");
        const bytes = Buffer.from(String(parts[part]), "base64url");
        const place = at % bytes.length;
        bytes[place] = Number(bytes[place]) ^ bits;
        for (const encoding of ["base64url", "base64"] as const) {
          const changed = parts.with(part, bytes.toString(encoding)).join(".");
          assert.equal(verifyJwt(changed, keys[made], NOW), null);
        }
      },
    );
    fc.assert(property, { seed: 7148, numRuns: 1500 });
  });

  it("is refused with parts of another one, also of the same purpose", () => {
    const property = fc.property(purpose, purpose, claims, claims, fc.nat(5), (one, other, first, second, mix) => {
      const [a, b] = [signJwt({ ...first, exp }, keys[one]), signJwt({ ...second, exp }, keys[other])];
      const mixed = [0, 1, 2].map((part) => ((mix + 1) & (1 << part) ? a : b).split(".")[part]).join(".");
      fc.pre(mixed !== a && mixed !== b);
      for (const asked of purposes) assert.equal(verifyJwt(mixed, keys[asked], NOW), null);
    });
    fc.assert(property, { seed: 7148, numRuns: 500 });
  });
});
