import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Result } from "../base/problem.ts";
import { useUi } from "../ui.ts";

export interface FirstKey {
  /** No key existed when this view came up. */
  readonly isFirst: boolean;
  /** Makes it. From then on the server shuts out who has none; this page stays until its token is stored. */
  guarded<T>(make: () => Promise<Result<T>>): Promise<Result<T>>;
  /** The token is stored: what was held back happens now. */
  release(): void;
}

export function useFirstKey(): FirstKey {
  const { session } = useUi();
  const phase = session.phase.value;
  const isFirst = useSignal(phase.name === "ready" && !phase.who.key);
  const held = useRef<(() => void) | undefined>(undefined);
  const release = () => {
    held.current?.();
    held.current = undefined;
    isFirst.value = false;
  };
  useEffect(() => () => held.current?.(), []);
  return {
    isFirst: isFirst.value,
    guarded: async (make) => {
      if (!isFirst.peek()) return await make();
      held.current ??= session.hold();
      const made = await make();
      if (!made.ok) {
        held.current?.();
        held.current = undefined;
      }
      return made;
    },
    release,
  };
}
