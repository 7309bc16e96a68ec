const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB"];

/** 1048576 as `1 MiB`: with the largest unit that keeps it exact. */
export function byteWords(bytes: number): string {
  let [count, unit] = [bytes, 0];
  while (unit < UNITS.length - 1 && count >= 1024 && count % 1024 === 0) [count, unit] = [count / 1024, unit + 1];
  return `${count} ${UNITS[unit]}`;
}
