const STOP_SIGNALS = ["SIGTERM", "SIGINT"] as const;

type StopSignal = (typeof STOP_SIGNALS)[number];

/** @param listener Is told of the first signal that asks this process to stop. What a second one does is up to Node.js, or to `onSecond`. */
export function onStopSignal(listener: (signal: StopSignal) => void, onSecond?: () => void): void {
  const onFirst = (signal: StopSignal): void => {
    for (const each of STOP_SIGNALS) {
      process.off(each, onFirst);
      if (onSecond !== undefined) process.once(each, onSecond);
    }
    listener(signal);
  };
  for (const signal of STOP_SIGNALS) process.once(signal, onFirst);
}
