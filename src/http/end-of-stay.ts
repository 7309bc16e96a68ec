/** Says why what a request has opened must not stay open any longer, if it must not: a code and a reason of RFC 6455 §7.4. */
export type EndOfStay = () => { readonly code: number; readonly reason: string } | undefined;
