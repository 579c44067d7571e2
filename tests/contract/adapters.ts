import type { Sql, Unit } from "../../src/audit/ports.ts";
import type { DatabasePlace } from "../../src/runtime/database.ts";
import { filePlace, openEngine, type TestEngine, withTempDir } from "../support/engine.ts";
import { remoteTest, withSqld } from "../support/sqld.ts";

type WithPlace = (work: (place: DatabasePlace) => Promise<void>) => Promise<void>;

const PLACES: Readonly<Record<string, WithPlace>> = {
  "a local file": (work) => withTempDir((dir) => work(filePlace(dir))),
  "a remote sqld": (work) => withSqld(({ url }) => work({ kind: "remote", url })),
};

/** The same test over each adapter of the Sql port, on a new database. */
export function contract(name: string, work: (engine: TestEngine) => Promise<void>): void {
  for (const [adapter, withPlace] of Object.entries(PLACES)) {
    const test = adapter === "a remote sqld" ? remoteTest : Deno.test;
    test(`${name} (on ${adapter})`, () =>
      withPlace(async (place) => {
        const engine = await openEngine(place);
        try {
          await work(engine);
        } finally {
          await engine.close();
        }
      }));
  }
}

/** One unit that must succeed. */
export async function commitOne<T>(sql: Sql, work: Unit<T>["work"]): Promise<T> {
  const [outcome] = await sql.commit([{ work }]);
  if (!outcome?.ok) throw outcome?.error;
  // The value is what `work` resolved with: the port hands it on as it is.
  return outcome.value as T;
}

/** A table of the tests' own, for changes. */
export const createThings = (sql: Sql) =>
  commitOne(sql, async (tx) => {
    await tx.run("CREATE TABLE thing (id INTEGER PRIMARY KEY, value ANY, parent INTEGER REFERENCES thing (id)) STRICT");
  });

export const addThing = (id: number, value: string | number | null | Uint8Array = null): Unit["work"] => async (tx) => {
  await tx.run("INSERT INTO thing (id, value) VALUES (?, ?)", [id, value]);
  return id;
};

export const thingIds = async (sql: Sql): Promise<readonly number[]> =>
  (await sql.all<{ id: number }>("SELECT id FROM thing ORDER BY rowid")).map((row) => row.id);
