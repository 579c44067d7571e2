/** A file system in memory at a folder, so that a full or a read-only disk is a real one. Only root may make such. */
export interface SmallDisk {
  /** Leaves no room for anything more. */
  fill(): void;
  readOnly(): void;
  [Symbol.dispose](): void;
}

export function mountSmallDisk(folder: string, kilobytes: number): SmallDisk {
  mount("-t", "tmpfs", "-o", `size=${kilobytes}k`, "lumenlog-test", folder);
  return {
    fill: () => {
      const file = Deno.openSync(`${folder}/filler`, { write: true, create: true });
      try {
        for (;;) file.writeSync(new Uint8Array(4096));
      } catch (error) {
        if (!(error instanceof Error) || !error.message.includes("os error 28")) throw error;
      } finally {
        file.close();
      }
    },
    readOnly: () => mount("-o", "remount,ro", folder),
    [Symbol.dispose]: () => void new Deno.Command("umount", { args: ["--lazy", folder] }).outputSync(),
  };
}

function mount(...args: readonly string[]): void {
  const { success, stderr } = new Deno.Command("mount", { args: [...args] }).outputSync();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** Why tests with such a disk cannot run here; undefined when they can. */
export function findDiskProblem(): string | undefined {
  if (Deno.build.os !== "linux") return "disks of a test's own are made on Linux only";
  const folder = Deno.makeTempDirSync();
  try {
    mountSmallDisk(folder, 16)[Symbol.dispose]();
    return undefined;
  } catch {
    return "only root may make a disk of a test's own";
  } finally {
    Deno.removeSync(folder);
  }
}
