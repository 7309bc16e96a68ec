import type { AttackSettings } from "./attacked-server.ts";

/** A server that browsers reach over HTTPS. */
export const OVER_HTTPS: AttackSettings = {
  TINA4_PUBLIC_ORIGIN: "https://app.example",
  TINA4_ALLOWED_HOSTS: "app.example",
  TINA4_HSTS: "31536000",
};

/** A server behind a proxy on this machine, with a limit that a row can reach. */
export const LIMITED_BEHIND_PROXY: AttackSettings = {
  TINA4_RATE_LIMIT: "5",
  TINA4_TRUSTED_PROXIES: "127.0.0.1/32,10.0.0.0/8",
};

/** A server whose answers one other origin may read. */
export const WITH_CORS: AttackSettings = { TINA4_CORS_ORIGINS: "https://shop.example" };

/** A server that loses patience soon. */
export const IMPATIENT: AttackSettings = { TINA4_HANDLER_TIMEOUT: "1", TINA4_MAX_BODY_SIZE: "1000" };
