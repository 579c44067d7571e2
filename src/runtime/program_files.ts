import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Migration } from "../sql/migrations.ts";

/** The folder that holds `migrations/` and `public/`: beside a bundle, or the root of the project. */
export function programRoot(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const root = [here, join(here, "..", "..")].find((folder) => existsSync(join(folder, "migrations")));
  if (!root) throw new Error(`Cannot find the folder "migrations" beside the program or above ${here}`);
  return root;
}

/** The migrations in order, with the SHA-256 of their text. */
export function readMigrations(root: string): readonly Migration[] {
  const folder = join(root, "migrations");
  return readdirSync(folder).filter((file) => /^\d{4}_\w+\.sql$/.test(file)).sort().map((file) => {
    const sql = readFileSync(join(folder, file), "utf8");
    return {
      version: Number(file.slice(0, 4)),
      name: file.slice(5, -4),
      sql,
      checksum: createHash("sha256").update(sql).digest("hex"),
    };
  });
}

const ASSET_NAME = /^[a-z0-9_-]+(?:\/[a-z0-9_-]+)*\.[a-z0-9]+$/;

/** A file of `public/` by its path in it, or undefined; only plain lower-case names are looked for. */
export function readAsset(root: string, name: string): Uint8Array<ArrayBuffer> | undefined {
  const path = join(root, "public", name);
  return ASSET_NAME.test(name) && existsSync(path) ? new Uint8Array(readFileSync(path)) : undefined;
}
