/** The port if nobody has it, else 0: any free one. */
export function freeOr0(port: number): number {
  if (port === 0) return 0;
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return port;
  } catch {
    return 0; // somebody has it
  }
}
