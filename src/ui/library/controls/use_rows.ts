import { useRef } from "preact/hooks";

export interface Rows {
  /** One for each item; it stays with it wherever the item goes. */
  readonly keys: readonly number[];
  insert(at: number, item: unknown): void;
  remove(at: number): void;
  move(from: number, to: number): void;
  /** Every item in another order. */
  arrange(order: readonly number[]): void;
}

/** The rows of a list: whatever is done to the items is done to their keys. */
export function useRows(items: readonly unknown[], set: (items: readonly unknown[]) => void): Rows {
  const keys = useRef<readonly number[]>([]);
  const last = useRef(0);
  const fresh = () => ++last.current;
  if (keys.current.length !== items.length) keys.current = items.map((_, at) => keys.current[at] ?? fresh());
  const arrange = (order: readonly number[]) => {
    keys.current = order.map((at) => keys.current[at] ?? fresh());
    set(order.map((at) => items[at]));
  };
  const places = items.map((_, at) => at);
  return {
    keys: keys.current,
    insert: (at, item) => {
      keys.current = keys.current.toSpliced(at, 0, fresh());
      set(items.toSpliced(at, 0, item));
    },
    remove: (at) => arrange(places.toSpliced(at, 1)),
    move: (from, to) => arrange(places.toSpliced(from, 1).toSpliced(to, 0, from)),
    arrange,
  };
}
