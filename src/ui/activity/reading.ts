import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";

/** Whether somebody reads what would move if new rows were put above it. */
export interface Reading {
  /** Asked for by the reader. */
  readonly paused: Signal<boolean>;
  /** The first row is in sight. */
  readonly atTop: Signal<boolean>;
  /** The reader went down the rows by keys. */
  readonly picked: Signal<boolean>;
  /** An entry is open between the rows. */
  readonly openInPlace: Signal<boolean>;
  /** New rows have to wait. */
  readonly held: ReadonlySignal<boolean>;
}

export function createReading(): Reading {
  const [paused, atTop, picked, openInPlace] = [signal(false), signal(true), signal(false), signal(false)];
  const held = computed(() => paused.value || !atTop.value || picked.value || openInPlace.value);
  return { paused, atTop, picked, openInPlace, held };
}
