import { useMedia } from "../parts/use_media.ts";

/** Whether an entry has room beside the list. */
export const useWide = (): boolean => useMedia("(min-width: 1200px)");
