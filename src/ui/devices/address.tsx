/** Left out where there is little room: what tells one address from another is at its end. */
const USUAL = "http://";

/** Where a device is. */
export function Address({ url }: { readonly url: string | null }) {
  if (!url?.startsWith(USUAL)) return <>{url ?? "–"}</>;
  return (
    <>
      <span class="address-scheme">{USUAL}</span>
      {url.slice(USUAL.length)}
    </>
  );
}
