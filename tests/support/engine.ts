import { join } from "node:path";
import { createAuditEngine } from "../../src/audit/mod.ts";
import type { Clock, Sql } from "../../src/audit/ports.ts";
import { createActorContext } from "../../src/base/context.ts";
import { databaseFile, type DatabasePlace, openDatabase } from "../../src/runtime/database.ts";
import { systemPorts } from "../../src/runtime/ports.ts";
import { programRoot, readMigrations } from "../../src/runtime/program_files.ts";
import { withTempDir } from "./temp_dir.ts";

export { withTempDir };

export interface OpenEngineOptions {
  readonly clock?: Clock;
  readonly budget?: { readonly page: number; readonly count: number };
}

/** The real engine on a real database; `close` waits for everything recorded. */
export async function openEngine(place: DatabasePlace, options: OpenEngineOptions = {}) {
  const ports = { ...systemPorts(), ...(options.clock ? { clock: options.clock } : {}) };
  const opened = await openDatabase(place, { ...ports, migrations: readMigrations(programRoot()) });
  if (!opened.ok) throw new Error(opened.reason);
  const context = createActorContext();
  const engine = await createAuditEngine({ ...ports, ...options, sql: opened.sql, scope: context.current });
  const close = async () => {
    await engine.stop();
    await opened.sql.close();
  };
  return { ...engine, sql: opened.sql as Sql, ports, context, close };
}

export type TestEngine = Awaited<ReturnType<typeof openEngine>>;

export const filePlace = (dir: string): DatabasePlace => ({ kind: "file", path: databaseFile(dir) });

/** Runs the work on the real engine over a new database file. */
export async function withEngine(
  work: (engine: TestEngine, dir: string) => Promise<void>,
  options: OpenEngineOptions = {},
): Promise<void> {
  await withTempDir(async (dir) => {
    const engine = await openEngine(filePlace(dir), options);
    try {
      await work(engine, dir);
    } finally {
      await engine.close();
    }
  });
}

export const dbPath = (dir: string) => join(dir, "lumenlog.db");
