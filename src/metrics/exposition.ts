/** One measurement under one name, in the words of the text format of Prometheus, version 0.0.4. */
export interface Family {
  readonly name: string;
  /** One line. */
  readonly help: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly samples: readonly Sample[];
}

export interface Sample {
  /** Behind the family's name: `_bucket`, `_sum`, `_count`; left out where the name stands alone. */
  readonly suffix?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

export const TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

/** A family without samples is left out: what is not known is not 0. */
export const exposition = (families: readonly Family[]): string =>
  families.filter(({ samples }) => samples.length > 0).map(familyText).join("");

const familyText = ({ name, help, type, samples }: Family): string =>
  `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples.map((sample) => sampleText(name, sample)).join("")}`;

const sampleText = (name: string, { suffix = "", labels = {}, value }: Sample): string => {
  const named = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${suffix}${named.length === 0 ? "" : `{${named.join(",")}}`} ${value}\n`;
};

const escaped = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");

export const gauge = (name: string, help: string, value: number | null): Family => single("gauge", name, help, value);

export const counter = (name: string, help: string, value: number | null): Family =>
  single("counter", name, help, value);

const single = (type: Family["type"], name: string, help: string, value: number | null): Family => ({
  name,
  help,
  type,
  samples: value === null ? [] : [{ value }],
});
