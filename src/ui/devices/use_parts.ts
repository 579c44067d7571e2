import { withQuery } from "../base/api.ts";
import { useUi } from "../ui.ts";

export interface AddressParts {
  readonly of: (name: string) => string | undefined;
  /** Others stay; undefined takes one off. With `step` the browser's back key takes it back. */
  readonly set: (parts: Readonly<Record<string, string | undefined>>, options?: { readonly step?: boolean }) => void;
}

/** What the address says beyond the device: it reopens what is looked at. */
export function useParts(): AddressParts {
  const { router } = useUi();
  const { path, query } = router.location.value;
  return {
    of: (name) => query.get(name) ?? undefined,
    set: (parts, { step = false } = {}) =>
      router.go(withQuery(path, { ...Object.fromEntries(query), ...parts }), { replace: !step }),
  };
}
