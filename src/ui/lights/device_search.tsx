import { useUi } from "../ui.ts";

export const searchOf = (query: URLSearchParams): string => query.get("q") ?? "";

/** Narrows a list of devices; stands in the address. */
export function DeviceSearch({ label }: { readonly label: string }) {
  const { router } = useUi();
  const { path, query } = router.location.value;
  const search = (text: string) =>
    router.go(text === "" ? path : `${path}?${new URLSearchParams({ q: text })}`, { replace: true });
  return (
    <input
      type="search"
      class="device-search"
      placeholder={label}
      aria-label={label}
      value={searchOf(query)}
      onInput={(event) => search(event.currentTarget.value)}
    />
  );
}
