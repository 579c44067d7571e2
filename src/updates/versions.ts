/** A version by Semantic Versioning 2.0, without the build that may stand behind it. */
interface Version {
  readonly core: readonly [number, number, number];
  readonly pre: readonly string[];
}

const NUMBER = "(0|[1-9]\\d{0,8})";
const IDENTIFIER = "(?:0|[1-9]\\d{0,15}|\\d*[A-Za-z-][0-9A-Za-z-]*)";
const VERSION = new RegExp(
  `^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${IDENTIFIER}(?:\\.${IDENTIFIER})*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`,
);

function parse(text: string): Version | undefined {
  const [whole, major, minor, patch, pre] = VERSION.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return { core: [Number(major), Number(minor), Number(patch)], pre: pre === undefined ? [] : pre.split(".") };
}

export const isVersion = (text: string): boolean => parse(text) !== undefined;

/** Below 0 when `a` comes before `b`, 0 when neither does. What is no version comes before every one. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  if (left === undefined || right === undefined) return Number(left !== undefined) - Number(right !== undefined);
  for (const [i, part] of left.core.entries()) {
    const difference = part - (right.core[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return comparePre(left.pre, right.pre);
}

/** A release comes after all that led to it; otherwise the first identifier that differs decides, and then the longer one. */
function comparePre(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return right.length - left.length;
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = compareIdentifiers(left[i] ?? "", right[i] ?? "");
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Numbers by their value and before words; words as ASCII. */
function compareIdentifiers(a: string, b: string): number {
  const [aNumber, bNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (aNumber && bNumber) return Number(a) - Number(b);
  if (aNumber !== bNumber) return aNumber ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}
