import { CODE_STRINGS } from "./xss/code-strings.ts";
import { MARKUP_STRINGS } from "./xss/markup-strings.ts";

/** Polyglots that try several places at once. */
const POLYGLOTS: readonly string[] = [
  "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */hit() )//%0D%0A%0d%0a//</stYle/</titLe/</teXtarEa/</scRipt/--!>\\x3csVg/<sVg/oNloAd=hit()//>\\x3e",
  "\"'--></style></script></title></textarea><svg onload=hit()>",
  "'\">*/;hit();//--></script><img src=x onerror=hit()>{{hit()}}",
  '";globalThis.__hit=true;//\';globalThis.__hit=true;//\\";globalThis.__hit=true;//--><script>globalThis.__hit=true</script>',
  'javascript:"/*\'/*`/*--></noscript></title></textarea></style></template></noembed></script><html " onmouseover=/*&lt;svg/*/onload=hit()//>',
];

/** Strings that call `hit()`, or set `__hit`, where a page lets them run; and some that only may not be changed. */
export const XSS_STRINGS: readonly string[] = [
  ...new Set([...Object.values(MARKUP_STRINGS), ...Object.values(CODE_STRINGS), POLYGLOTS].flat()),
];
