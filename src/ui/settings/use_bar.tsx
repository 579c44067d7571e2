import type { ComponentChildren } from "preact";
import { KeyNeeded, useKeyLack } from "../parts/key_needed.tsx";
import { useLack } from "../parts/use_role.ts";

/**
 * Why the person may not do what needs an admin, as a paragraph; undefined when they may. `withKey` is what needs the
 * key of one, also at the server's own machine.
 */
export function useBar(withKey?: string): ComponentChildren {
  const lack = useLack("admin");
  const lacksKey = useKeyLack();
  if (lacksKey && withKey !== undefined) return <KeyNeeded what={withKey} />;
  return lack === undefined ? undefined : <p class="notice">{lack}</p>;
}
