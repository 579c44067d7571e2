import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useLack } from "../parts/use_role.ts";
import { useUi } from "../ui.ts";

export interface Leaving {
  /** Where the person wanted to go; undefined when nowhere. */
  readonly to: ReadonlySignal<string | undefined>;
  stay(): void;
  /** Goes there, whatever is lost. */
  leave(): void;
  /** Lets the page be left from now on. */
  free(): void;
}

/** As long as there are changes that are not saved, nobody who may save them leaves without being asked. */
export function useLeaving(dirty: ReadonlySignal<boolean>): Leaving {
  const { router } = useUi();
  const to = useSignal<string | undefined>(undefined);
  const freed = useSignal(false);
  const barred = useLack("operator") !== undefined;
  useEffect(() => {
    const holds = () => !barred && dirty.peek() && !freed.peek();
    const unguard = router.guard((wanted) => {
      if (!holds()) return true;
      to.value = wanted;
      return false;
    });
    const ask = (event: BeforeUnloadEvent) => {
      if (holds()) event.preventDefault();
    };
    addEventListener("beforeunload", ask);
    return () => {
      unguard();
      removeEventListener("beforeunload", ask);
    };
  }, [barred]);
  const free = () => void (freed.value = true);
  return {
    to,
    stay: () => to.value = undefined,
    leave: () => {
      free();
      router.go(to.peek() ?? "/");
    },
    free,
  };
}
