import { cleanParagraphs } from "../entities/text.ts";
import type { Breathe } from "./breath.ts";
import { maskRouterOs } from "./routeros_secrets.ts";
import type { Mask } from "./secrets.ts";

/** `# 2026-11-22 10:00:00 by RouterOS 7.16.1`, `# nov/22/2026 10:00:00 by …`: when it was written is no configuration. */
const WRITTEN = /^# (?:\d{4}-\d{2}-\d{2}|[a-z]{3}\/\d{2}\/\d{4}) \d{2}:\d{2}:\d{2} by /i;

/** An export in lines that are whole, without when it was written; secrets are masked. Doing it twice changes nothing. */
export async function normaliseRouterOs(text: string, mask: Mask, breathe: Breathe): Promise<string> {
  const joined = joinLines(cleanParagraphs(text).split("\n")).filter((line) => line !== "").join("\n").trim();
  return `${await maskRouterOs(withoutTime(joined.split("\n")).join("\n"), mask, breathe)}\n`;
}

/** Whether it is an export at all: a router may also answer with a refusal in plain words. */
export const isRouterOsExport = (text: string): boolean =>
  /^\s*# .* by RouterOS /i.test(text) || /^\/[a-z]/m.test(text);

/** Only in the comments that it begins with. */
function withoutTime(lines: readonly string[]): readonly string[] {
  const begins = lines.findIndex((line) => !line.startsWith("#"));
  const head = begins < 0 ? lines.length : begins;
  return lines.map((line, index) => index < head ? line.replace(WRITTEN, "# by ") : line);
}

const INDENT = /^ {1,4}/;

/** Puts lines together that end in `\`, and takes white space from the end of each. */
function joinLines(lines: readonly string[]): readonly string[] {
  const whole: string[] = [];
  for (let at = 0; at < lines.length;) {
    // In pieces: a long line would be copied again with each one that is put to it.
    const pieces = [trimmedEnd(lines[at++] ?? "")];
    while (at < lines.length && pieces.at(-1)?.endsWith("\\")) {
      pieces.push((pieces.pop() ?? "").slice(0, -1), trimmedEnd(lines[at++] ?? "").replace(INDENT, ""));
      trimPieces(pieces);
    }
    whole.push(pieces.join(""));
  }
  return whole;
}

const trimmedEnd = (line: string): string => line.trimEnd();

/** The last piece shows what the joined line ends with; there is always one. */
function trimPieces(pieces: string[]): void {
  for (let last = pieces.pop(); last !== undefined; last = pieces.pop()) {
    const trimmed = last.trimEnd();
    if (trimmed !== "" || pieces.length === 0) return void pieces.push(trimmed);
  }
}

/** `/ip address`: the section that each line belongs to; `header` for the comments before the first. */
export function routerOsComponents(lines: readonly string[]): readonly string[] {
  let section = "header";
  return lines.map((line) => {
    const found = SECTION.exec(line)?.[0].trimEnd();
    if (found !== undefined) section = found;
    return section;
  });
}

/** The path, without a command that may follow on its line. */
export const SECTION =
  /^\/[a-z][a-z0-9-]*(?: (?!(?:add|set|remove|unset|move|enable|disable|print)\b)[a-z][a-z0-9-]*(?![\w-]*=))*/;
