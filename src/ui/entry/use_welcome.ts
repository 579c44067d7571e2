import { useEffect } from "preact/hooks";
import { useUi } from "../ui.ts";

/** Whoever comes to a server that has no key yet is welcomed, once. */
export function useWelcome(): void {
  const { session, router, firstRun } = useUi();
  const phase = session.phase.value;
  const isNew = phase.name === "ready" && !phase.who.key;
  useEffect(() => {
    if (isNew && router.path.peek() === "/" && !firstRun.isDone()) router.go("/welcome", { replace: true });
  }, [isNew]);
}
