/** A series of the text format of Prometheus, as its name and labels stand there, with its value. */
export type Series = ReadonlyMap<string, number>;

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
const SAMPLE = new RegExp(`^(${NAME})((?:\\{${LABEL}(?:,${LABEL})*\\})?) (\\S+)$`);

/** Reads the text, strictly: what is not as the format wants it throws, naming the line. */
export function parseMetrics(text: string): Series {
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  const series = new Map<string, number>();
  const types = new Map<string, string>();
  let family = "";
  for (const line of text.slice(0, -1).split("\n")) {
    const wrong = (why: string) => new Error(`${why}: ${line}`);
    const [, word, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (word === "HELP") {
      if (types.has(name)) throw wrong("a family twice");
      family = name;
    } else if (word === "TYPE") {
      if (family !== name || types.has(name)) throw wrong("a type out of place");
      if (!["counter", "gauge", "histogram"].includes(rest)) throw wrong("no such type");
      types.set(name, rest);
    } else {
      const [, sample = "", labels = "", value = ""] = SAMPLE.exec(line) ?? [];
      const suffixes = types.get(family) === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
      if (!suffixes.some((suffix) => sample === family + suffix)) throw wrong("a sample out of place");
      if (series.has(sample + labels)) throw wrong("a series twice");
      const number = Number(value);
      if (value === "" || Number.isNaN(number)) throw wrong("no number");
      series.set(sample + labels, number);
    }
  }
  return series;
}
