import { assert, assertEquals } from "@std/assert";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { OUTSIDE } from "./rules/texts.ts";
import { filesUnder, ROOT } from "./source.ts";

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

/** What stands in backticks and looks like a path: it has an extension that we use, or a folder's `/` at its end. */
const pathsIn = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`\n]+)`/g)].map(([, quoted = ""]) => quoted)
    .filter((quoted) => /^\.?[\w-][\w./-]*(?:\.(?:ts|tsx|sql|md|json|mjs|html|css|sh)|\/)$/.test(quoted));

/** From the top, from `src/`, or the name alone of some source file. */
function missingPaths(text: string, exists: (path: string) => boolean, names: readonly string[]): readonly string[] {
  return pathsIn(text).filter((path) => {
    const name = !path.includes("/") && names.some((known) => known.endsWith(`/${path}`));
    return !name && !exists(path) && !exists(`src/${path}`);
  });
}

Deno.test("docs/architecture.md names only files and folders that exist", () => {
  if (!existsSync(join(ROOT, "docs/architecture.md"))) return;
  const written = ["dist/", "dist/node/", "data/", "public/assets/", "backups/", "server.json", "update.json"];
  const exists = (path: string) => written.includes(path) || existsSync(join(ROOT, path));
  const missing = missingPaths(read("docs/architecture.md"), exists, filesUnder("src", ".ts", ".tsx"));
  assertEquals(missing, [], "rule: docs/architecture.md names what exists");
});

Deno.test("a missing path in a paper is caught, other words in backticks are not", () => {
  const there = ["src/audit/mod.ts", "src/audit/", "deno.json"];
  const missing = (text: string) => missingPaths(text, (path) => there.includes(path), there);
  assertEquals(missing("`src/audit/gone.ts` `gone.ts` `docs/gone.md` `gone/`"), [
    "src/audit/gone.ts",
    "gone.ts",
    "docs/gone.md",
    "gone/",
  ]);
  assertEquals(
    missing("`audit/mod.ts` `mod.ts` `src/audit/` `deno.json` `clock.now()` `audit/*_sql.ts` `/api/v1`"),
    [],
  );
});

const PAPERS = ["README.md", "CHANGELOG.md", "LICENSE", "deno.json"];

Deno.test("no paper names one outside the repository", () => {
  const papers = [
    ...PAPERS.filter((path) => existsSync(join(ROOT, path))),
    ...filesUnder("docs", ".md"),
    ...filesUnder("migrations", ".sql"),
    ...filesUnder("public", ".html", ".css"),
    ...filesUnder("build", ".ts"),
  ];
  assert(papers.length > PAPERS.length - 2, "no papers found");
  assertEquals(papers.filter((path) => OUTSIDE.test(read(path))), [], "rule: a paper stands for itself");
});

/** What is wrong with the names of the migrations, in their order. */
function numberingProblems(names: readonly string[]): readonly string[] {
  return names.flatMap((name, index) => {
    const number = String(index + 1).padStart(4, "0");
    return /^\d{4}_[a-z0-9_]+\.sql$/.test(name) && name.startsWith(number) ? [] : [`${name}: expected ${number}_….sql`];
  });
}

Deno.test("migrations are numbered without a gap", () => {
  const names = filesUnder("migrations", "").map((path) => path.slice("migrations/".length));
  assertEquals(numberingProblems(names), [], "rule: migrations are numbered without a gap");
});

Deno.test("a gap, a repeat or a stray file among the migrations is caught", () => {
  assertEquals(numberingProblems(["0001_a.sql", "0002_b_c.sql"]), []);
  for (const names of [["0002_a.sql"], ["0001_a.sql", "0003_b.sql"], ["0001_a.sql", "0001_b.sql"], ["0001_a.txt"]]) {
    assert(numberingProblems(names).length > 0, names.join());
  }
});
