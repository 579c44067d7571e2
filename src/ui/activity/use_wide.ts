import { useEffect, useState } from "preact/hooks";

const QUERY = "(min-width: 1200px)";

/** Whether an entry has room beside the list. */
export function useWide(): boolean {
  const [wide, setWide] = useState(() => matchMedia(QUERY).matches);
  useEffect(() => {
    const query = matchMedia(QUERY);
    const update = () => setWide(query.matches);
    query.addEventListener("change", update);
    return () => query.removeEventListener("change", update);
  }, []);
  return wide;
}
