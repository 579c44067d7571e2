/** As many as this system has: Ctrl-C, an order to end, the end of the terminal. */
const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM", "SIGHUP"];
/** What a shell takes for the end by Ctrl-C. */
const CUT = 130;

/** Resolves at the first signal to end; the second ends this process at once, and the server then stops by itself. */
export function untilSignalled(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let asked = false;
  const signalled = () => {
    if (asked) Deno.exit(CUT);
    asked = true;
    resolve();
  };
  for (const signal of SIGNALS) Deno.addSignalListener(signal, signalled);
  return promise;
}
