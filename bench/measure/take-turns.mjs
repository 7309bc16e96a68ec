/**
 * Microseconds per call of several functions, which take turns: what slows down the machine slows down all of them.
 *
 * @param functions By name, each called with the index of its call.
 * @param options.isAsync The names of those that give promises, which are awaited one by one.
 * @returns The median of the rounds, by name.
 */
export async function takeTurns(functions, { rounds, calls, isAsync = () => false }) {
  const samples = Object.fromEntries(Object.keys(functions).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, call] of Object.entries(functions)) {
      const startedAt = performance.now();
      if (isAsync(name)) await callEach(call, round * calls, calls);
      else callAll(call, round * calls, calls);
      samples[name].push(((performance.now() - startedAt) * 1000) / calls);
    }
  }
  return Object.fromEntries(Object.entries(samples).map(([name, taken]) => [name, median(taken)]));
}

function callAll(call, first, calls) {
  let last;
  for (let index = first; index < first + calls; index += 1) last = call(index);
  return last;
}

async function callEach(call, first, calls) {
  for (let index = first; index < first + calls; index += 1) await call(index);
}

function median(values) {
  return values.toSorted((one, other) => one - other)[values.length >> 1];
}
