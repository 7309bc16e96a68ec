/** What the library calls an error, and the code it closes the connection with. */
const CODES: Readonly<Record<string, number>> = {
  WS_ERR_INVALID_UTF8: 1007,
  WS_ERR_TOO_MANY_BUFFERED_PARTS: 1008,
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1009,
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: 1009,
};
const PROTOCOL_ERROR = 1002;
const BROKEN_OFF = 1006;

/** The code that a connection ends with after an error of its protocol; 1006 after one of the network. */
export function protocolErrorCode({ code = "" }: NodeJS.ErrnoException): number {
  return CODES[code] ?? (code.startsWith("WS_ERR_") ? PROTOCOL_ERROR : BROKEN_OFF);
}
