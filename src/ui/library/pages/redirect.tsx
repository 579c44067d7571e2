import { useEffect } from "preact/hooks";
import { useUi } from "../../ui.ts";

/** Leads on to where this is shown. */
export function Redirect({ to }: { readonly to: string }) {
  const { router } = useUi();
  useEffect(() => router.go(to, { replace: true }), [to]);
  return null;
}
