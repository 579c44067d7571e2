interface CronField {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  /** Names for min, min + 1, and so on. */
  readonly names?: readonly string[];
}

const FIELDS: readonly CronField[] = [
  { label: "minute", min: 0, max: 59 },
  { label: "hour", min: 0, max: 23 },
  { label: "day of month", min: 1, max: 31 },
  {
    label: "month",
    min: 1,
    max: 12,
    names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  },
  { label: "day of week", min: 0, max: 7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];

/** The most days that each month can have. */
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function numberOf(text: string, { min, max, names }: CronField): number | undefined {
  const index = names?.indexOf(text) ?? -1;
  const value = index >= 0 ? min + index : /^\d{1,2}$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value >= min && value <= max ? value : undefined;
}

/** The values of one item: `*`, `5`, `1-5`, each with an optional `/step`. Undefined when it is none of these. */
function valuesOf(item: string, field: CronField): readonly number[] | undefined {
  const [, range = "", step] = /^([^/]+)(?:\/([1-9]\d?))?$/.exec(item) ?? [];
  const [low, high, ...more] = range === "*"
    ? [field.min, field.max]
    : range.split("-").map((end) => numberOf(end, field));
  if (low === undefined || more.length > 0 || (range.includes("-") && high === undefined)) return undefined;
  const last = high ?? (step === undefined ? low : field.max);
  if (last < low) return undefined;
  return Array.from(
    { length: Math.floor((last - low) / Number(step ?? 1)) + 1 },
    (_, i) => low + i * Number(step ?? 1),
  );
}

function fieldValues(text: string, field: CronField): readonly number[] | undefined {
  const lists = text.split(",").map((item) => valuesOf(item, field));
  return lists.some((values) => values === undefined) ? undefined : lists.flatMap((values) => values ?? []);
}

/**
 * What is wrong with a cron line of five fields (crontab(5): numbers, names, `*`, lists, ranges, steps; Sunday is 0 or 7),
 * or undefined.
 */
export function cronProblem(line: string): string | undefined {
  const texts = line.toLowerCase().split(" ");
  if (texts.length !== FIELDS.length) return "must have five fields: minute hour day month weekday";
  const values = FIELDS.map((field, index) => fieldValues(texts[index] ?? "", field));
  const wrong = values.indexOf(undefined);
  if (wrong >= 0) return `has no valid ${FIELDS[wrong]?.label}`;
  const [, , days = [], months = []] = values;
  // With a day of week as well, cron takes either of the two.
  const possible = texts[4] !== "*" || months.some((month) => days.some((day) => day <= (MONTH_DAYS[month - 1] ?? 0)));
  return possible ? undefined : "names a date that no year has";
}
