import { API_KEY_FORM } from "../text/api-key-form.ts";
import { boolean } from "./kinds/boolean.ts";
import { choice } from "./kinds/choice.ts";
import { cidr } from "./kinds/cidr.ts";
import { connectionUrl } from "./kinds/connection-url.ts";
import { host, hostHeaderName } from "./kinds/host.ts";
import { hsts } from "./kinds/hsts.ts";
import { listOf } from "./kinds/list-of.ts";
import { matching } from "./kinds/matching.ts";
import { origin, originsOrAny } from "./kinds/origin.ts";
import { type ReferrerPolicy, referrerPolicy } from "./kinds/referrer-policy.ts";
import { wholeNumber } from "./kinds/whole-number.ts";
import { workerCount } from "./kinds/worker-count.ts";
import type { SettingKind } from "./setting-kind.ts";

const YEAR_SECONDS = 31_536_000;
const YEAR_MINUTES = 525_600;
const GIBIBYTE = 1_073_741_824;
const MAX_PORT = 65_535;

/** RFC 9110 §5.6.2, without `*`: as a field name in CORS it would mean every header. */
const TOKEN = /^[\w!#$%&'+.^`|~-]+$/;
const COOKIE_NAME = /^[\w.-]{1,64}$/;
const PRINTABLE = /^[\x20-\x7e]+$/;
const TEXT = /^[^\p{Cc}\p{Cs}]+$/u;

const text = matching(TEXT, "text without line ends and control characters");

/** What a setting of each kind is once it is read. */
export interface KindValues {
  apiKeyList: readonly string[];
  boolean: boolean;
  bytes: number;
  choice: string;
  choiceList: readonly string[];
  cidrList: readonly string[];
  connectionUrl: string;
  cookieName: string;
  headerNameList: readonly string[];
  headerValue: string;
  host: string;
  hostList: readonly string[];
  hsts: string;
  integer: number;
  minutes: number;
  origin: string;
  originList: readonly string[];
  originsOrAny: readonly string[];
  port: number;
  referrerPolicy: ReferrerPolicy;
  seconds: number;
  text: string;
  textList: readonly string[];
  workerCount: number;
}

export type KindName = keyof KindValues;

/** Every kind of setting: what it allows and how it is read. */
export const SETTING_KINDS: { readonly [Kind in KindName]: SettingKind<KindValues[Kind]> } = {
  apiKeyList: listOf(matching(API_KEY_FORM, "1 to 256 visible ASCII characters")),
  boolean,
  bytes: wholeNumber("bytes", 1, GIBIBYTE),
  choice,
  choiceList: listOf(choice),
  cidrList: listOf(cidr),
  connectionUrl,
  cookieName: matching(COOKIE_NAME, "at most 64 letters, digits, dots, hyphens and underscores"),
  headerNameList: listOf(matching(TOKEN, "a header name")),
  headerValue: matching(PRINTABLE, "a header value of printable ASCII characters in one line"),
  host,
  hostList: listOf(hostHeaderName),
  hsts,
  integer: wholeNumber("", 0, Number.MAX_SAFE_INTEGER),
  minutes: wholeNumber("minutes", 1, YEAR_MINUTES),
  origin,
  originList: listOf(origin),
  originsOrAny,
  port: wholeNumber("", 1, MAX_PORT),
  referrerPolicy,
  seconds: wholeNumber("seconds", 1, YEAR_SECONDS),
  text,
  textList: listOf(text),
  workerCount,
};
