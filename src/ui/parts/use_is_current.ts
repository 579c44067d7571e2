import { useUi } from "../ui.ts";

/** Whether what is shown of the devices is still heard of. While the page begins, what it has read is new enough. */
export function useIsCurrent(): boolean {
  const { name } = useUi().live.status.value;
  return name === "live" || name === "connecting";
}
