import type { Discovered } from "../../base/messages.ts";

export interface FoundRow {
  readonly device: Discovered;
  /** It is not there any more, and only stands here so that nothing moves. */
  readonly gone: boolean;
}

/**
 * The rows to draw. While somebody is at the list every row stays where it is: what is new comes behind them, what went
 * is only marked.
 */
export function steadyRows(
  before: readonly FoundRow[],
  now: readonly Discovered[],
  held: boolean,
): readonly FoundRow[] {
  const present = new Map(now.map((device) => [device.id, device]));
  const stay = held ? before : [];
  const known = new Set(stay.map(({ device }) => device.id));
  const stood = new Map(before.map((row) => [row.device.id, row]));
  /** The row of before where nothing about it changed: it is not drawn again. */
  const rowOf = (device: Discovered, gone: boolean) => {
    const old = stood.get(device.id);
    return old !== undefined && old.device === device && old.gone === gone ? old : { device, gone };
  };
  return [
    ...stay.map(({ device }) => {
      const newer = present.get(device.id);
      return rowOf(newer ?? device, newer === undefined);
    }),
    ...now.filter(({ id }) => !known.has(id)).map((device) => rowOf(device, false)),
  ];
}
