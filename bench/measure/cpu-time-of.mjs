/** Microseconds of CPU time that a watched server needs for each of so many requests, which `send` sends. */
export async function cpuTimeOf({ used }, requests, send) {
  const { cpu } = await used();
  await send(requests);
  return ((await used()).cpu - cpu) / requests;
}
