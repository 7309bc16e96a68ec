// What every protected server sends and checks, so that all do the same work.

export const PORT = Number(process.env.PORT);
export const SECRET = process.env.BENCH_SECRET;
export const ORIGIN = "https://app.example.com";
/** A limit that is counted, and never reached. */
export const RATE_LIMIT = 1_000_000_000;
export const RATE_WINDOW_MS = 60_000;

export const CSP_DIRECTIVES = {
  "default-src": ["'self'"],
  "base-uri": ["'none'"],
  "object-src": ["'none'"],
  "form-action": ["'self'"],
  "frame-ancestors": ["'self'"],
};
export const PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=()";
export const EXPOSED_HEADERS = [
  "FreshToken",
  "X-Form-Token",
  "X-Request-ID",
  "X-RateLimit-Limit",
  "X-RateLimit-Remaining",
  "X-RateLimit-Reset",
  "Retry-After",
];

/** The options with which helmet sends the headers that this framework sends, and no others. */
export const HELMET = {
  contentSecurityPolicy: { useDefaults: false, directives: CSP_DIRECTIVES },
  frameguard: { action: "sameorigin" },
  referrerPolicy: { policy: "strict-origin-when-cross-origin" },
  crossOriginEmbedderPolicy: false,
  crossOriginOpenerPolicy: false,
  crossOriginResourcePolicy: false,
  dnsPrefetchControl: false,
  hidePoweredBy: true,
  hsts: false,
  ieNoOpen: false,
  originAgentCluster: false,
  permittedCrossDomainPolicies: false,
};

let requests = 0;

/** As cheap as a name for a request can be. */
export function requestId() {
  requests += 1;
  return `bench-${requests}`;
}
