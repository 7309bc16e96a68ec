import { Tina4Error } from "../errors.ts";

/** How much one connection may cost. */
export interface WebSocketLimits {
  /** The largest message that a client may send; a larger one closes the connection with 1009. Default 65,536 bytes. */
  readonly maxMessageBytes: number;
  /**
   * How many messages, pings and pongs a client may send in a second, and at once. More close the connection with 1008. Default 100.
   */
  readonly messagesPerSecond: number;
  /**
   * How much of earlier messages may wait for a client that reads slowly, when it is sent one more. Where it is more, the client is cut
   * off with 1013. Default 1,048,576 bytes.
   */
  readonly maxBufferedBytes: number;
}

type LimitName = keyof WebSocketLimits;

/** Each limit with its default and the largest value that it may have. */
const LIMITS: Readonly<Record<LimitName, readonly [usual: number, most: number]>> = {
  maxMessageBytes: [65_536, 104_857_600],
  messagesPerSecond: [100, 100_000],
  maxBufferedBytes: [1_048_576, 1_073_741_824],
};

export const LIMIT_NAMES: readonly LimitName[] = Object.keys(LIMITS) as LimitName[];

/**
 * Fills in what is not given.
 *
 * @throws {Tina4Error} OPTION_INVALID when a limit is no whole number in its range.
 */
export function websocketLimits(given: { readonly [Name in LimitName]?: number | undefined }): WebSocketLimits {
  const limitOf = (name: LimitName): number => {
    const [usual, most] = LIMITS[name];
    const value = given[name] ?? usual;
    if (Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw new Tina4Error("OPTION_INVALID", `${name} is a whole number from 1 to ${most}, not ${String(value)}.`);
  };
  return Object.freeze({
    maxMessageBytes: limitOf("maxMessageBytes"),
    messagesPerSecond: limitOf("messagesPerSecond"),
    maxBufferedBytes: limitOf("maxBufferedBytes"),
  });
}
