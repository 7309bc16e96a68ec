/**
 * Clock time of one of several calls, made one after the other.
 *
 * @param call Is given `first`, `first + 1` and so on. Only a promise is awaited: who gives none need not wait.
 */
export async function microsecondsPerCall(call, calls, first = 0) {
  const began = performance.now();
  for (let index = first; index < first + calls; index += 1) {
    const result = call(index);
    if (result instanceof Promise) await result;
  }
  return ((performance.now() - began) * 1000) / calls;
}
