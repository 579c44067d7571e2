import type { Rule } from "../rule.ts";

const MOST_LINES = 300;

export const fileLength: Rule = {
  name: `no file is longer than ${MOST_LINES} lines`,
  check: (sources) =>
    sources.flatMap(({ path, text }) => {
      const lines = text.replace(/\n$/, "").split("\n").length;
      return lines > MOST_LINES ? [`src/${path}:1 has ${lines} lines, more than ${MOST_LINES}`] : [];
    }),
  bad: [{ "a/x.ts": "//\n".repeat(MOST_LINES + 1) }],
  good: [{ "a/x.ts": "//\n".repeat(MOST_LINES) }],
};

/** A place beside the repository, which whoever has the source does not have. */
export const OUTSIDE = /\.\.\/shared\b/;
const OUTSIDE_OF_SOURCE = new RegExp(`${OUTSIDE.source}|\\b[\\w-]+\\.md\\b|\\bissue #`, "i");

export const mentions: Rule = {
  name: "the source stands for itself: it names no paper",
  check: (sources) =>
    sources.flatMap(({ path, text }) =>
      text.split("\n").flatMap((line, index) => {
        const found = OUTSIDE_OF_SOURCE.exec(line);
        return found === null ? [] : [`src/${path}:${index + 1} mentions ${found[0]}`];
      })
    ),
  bad: [
    { "a/x.ts": "// see ../shared/notes" },
    { "a/x.ts": "// as notes.md says" },
    { "a/x.ts": "/** Issue #12 */" },
  ],
  good: [{ "a/x.ts": '// The contract of a port; an issue of the request; import "../shared_types.ts"' }],
};
