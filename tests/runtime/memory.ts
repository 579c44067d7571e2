/** Resident memory of a process in megabytes. */
export async function memoryOf(pid: number): Promise<number> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "rss=", "-p", String(pid)] }).output();
  const kilobytes = Number(new TextDecoder().decode(stdout));
  if (!(kilobytes > 0)) throw new Error(`Cannot tell the memory of process ${pid}`);
  return Math.round(kilobytes / 1024);
}
