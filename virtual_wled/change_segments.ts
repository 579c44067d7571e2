import { createSegment, type WledSegment } from "./state.ts";
import { colorOr, type Fields, flagOr, isFields, numberOr, switchOr } from "./values.ts";

/** A small controller has no room for more. */
export const MOST_SEGMENTS = 32;
const LONGEST_NAME = 32;

const extentOf = (segment: WledSegment, fields: Fields, ledCount: number) => {
  const start = numberOr(segment.start, fields["start"], 0, ledCount);
  const wanted = fields["len"] === undefined
    ? numberOr(segment.stop, fields["stop"], 0, ledCount)
    : start + numberOr(segment.len, fields["len"], 0, ledCount - start);
  const stop = Math.min(ledCount, Math.max(start, wanted));
  return { start, stop, len: stop - start };
};

/** Brightness 0 turns a segment off and is not remembered. */
function lightOf(segment: WledSegment, fields: Fields) {
  const bri = numberOr(segment.bri, fields["bri"]);
  const lit = fields["bri"] === undefined ? segment.on : bri > 0;
  return { bri: bri === 0 ? segment.bri : bri, on: switchOr(lit, fields["on"]) };
}

function colorsOf({ col }: WledSegment, value: unknown): WledSegment["col"] {
  const wanted: readonly unknown[] = Array.isArray(value) ? value : [];
  return [colorOr(col[0], wanted[0]), colorOr(col[1], wanted[1]), colorOr(col[2], wanted[2])];
}

const effectOf = (segment: WledSegment, fields: Fields) => ({
  fx: numberOr(segment.fx, fields["fx"]),
  sx: numberOr(segment.sx, fields["sx"]),
  ix: numberOr(segment.ix, fields["ix"]),
  pal: numberOr(segment.pal, fields["pal"]),
  c1: numberOr(segment.c1, fields["c1"]),
  c2: numberOr(segment.c2, fields["c2"]),
  c3: numberOr(segment.c3, fields["c3"], 0, 31),
  o1: flagOr(segment.o1, fields["o1"]),
  o2: flagOr(segment.o2, fields["o2"]),
  o3: flagOr(segment.o3, fields["o3"]),
  si: numberOr(segment.si, fields["si"], 0, 3),
  m12: numberOr(segment.m12, fields["m12"], 0, 4),
});

const layoutOf = (segment: WledSegment, fields: Fields, ledCount: number) => ({
  ...extentOf(segment, fields, ledCount),
  grp: numberOr(segment.grp, fields["grp"], 1),
  spc: numberOr(segment.spc, fields["spc"]),
  of: numberOr(segment.of, fields["of"], 0, 65535),
  set: numberOr(segment.set, fields["set"], 0, 3),
  sel: flagOr(segment.sel, fields["sel"]),
  rev: flagOr(segment.rev, fields["rev"]),
  mi: flagOr(segment.mi, fields["mi"]),
});

const changeSegment = (segment: WledSegment, fields: Fields, ledCount: number): WledSegment => ({
  ...segment,
  ...layoutOf(segment, fields, ledCount),
  ...lightOf(segment, fields),
  ...effectOf(segment, fields),
  frz: flagOr(segment.frz, fields["frz"]),
  cct: numberOr(segment.cct, fields["cct"]),
  col: colorsOf(segment, fields["col"]),
  ...(typeof fields["n"] === "string" ? { n: fields["n"].slice(0, LONGEST_NAME) } : {}),
});

/** The first segment stays, whatever is asked: a strip without any could not be reached again. */
const isKept = (segment: WledSegment) => segment.id === 0 || segment.len > 0;

function changeOne(segments: readonly WledSegment[], id: number, fields: Fields, ledCount: number) {
  const known = segments.find((segment) => segment.id === id);
  const hasEnd = fields["stop"] !== undefined || fields["len"] !== undefined;
  if (id >= MOST_SEGMENTS || (known === undefined && !hasEnd)) return segments;
  const changed = changeSegment(known ?? createSegment(id, 0, 0), fields, ledCount);
  return [...segments.filter((segment) => segment.id !== id), changed].filter(isKept).sort((a, b) => a.id - b.id);
}

const idOf = (fields: Fields, fallback: number) => numberOr(fallback, fields["id"], 0, MOST_SEGMENTS);

/**
 * `seg` as an object without `id` changes every selected segment, with one that segment; as an array each by its `id`
 * or else its place. `stop` 0 removes a segment, an unknown id with a `stop` or `len` makes one.
 */
export function changeSegments(segments: readonly WledSegment[], seg: unknown, ledCount: number) {
  if (Array.isArray(seg)) {
    const items: readonly unknown[] = seg.slice(0, MOST_SEGMENTS);
    return items.reduce<readonly WledSegment[]>(
      (all, item, place) => isFields(item) ? changeOne(all, idOf(item, place), item, ledCount) : all,
      segments,
    );
  }
  if (!isFields(seg)) return segments;
  const ids = idOf(seg, -1) >= 0 ? [idOf(seg, -1)] : segments.filter(({ sel }) => sel).map(({ id }) => id);
  return ids.reduce<readonly WledSegment[]>((all, id) => changeOne(all, id, seg, ledCount), segments);
}
