/** What all servers sign and verify tokens with. */
export const BENCH_SECRET = "k3y-for-measuring-only-k3y-for-measuring-only-";
