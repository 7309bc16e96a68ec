/** The value in the middle, or the upper of the two. */
export function median(values) {
  return values.toSorted((one, other) => one - other)[values.length >> 1];
}
