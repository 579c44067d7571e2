import { wordsIn } from "../../base/words_in.ts";

/** What shall become of many devices; empty texts leave it as it is. */
export interface BulkDraft {
  readonly addTags: string;
  readonly removeTags: readonly string[];
  readonly enabled: "" | "on" | "off";
  readonly rgbOrder: string;
  readonly ledCount: string;
}

export const UNCHANGED: BulkDraft = { addTags: "", removeTags: [], enabled: "", rgbOrder: "", ledCount: "" };

export const isLedCount = (text: string): boolean =>
  text.trim() === "" || (/^\s*\d{1,5}\s*$/.test(text) && Number(text) >= 1 && Number(text) <= 10_000);

export const isUnchanged = ({ addTags, removeTags, enabled, rgbOrder, ledCount }: BulkDraft): boolean =>
  wordsIn(addTags).length === 0 && removeTags.length === 0 && [enabled, rgbOrder, ledCount.trim()].join("") === "";

/** As the server takes it, without the ids. */
export function bodyOf({ addTags, removeTags, enabled, rgbOrder, ledCount }: BulkDraft) {
  const fields = {
    ...(enabled === "" ? {} : { enabled: enabled === "on" }),
    ...(rgbOrder === "" ? {} : { rgb_order: rgbOrder }),
    ...(ledCount.trim() === "" ? {} : { led_count: Number(ledCount) }),
  };
  const fresh = wordsIn(addTags);
  return {
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
    ...(fresh.length === 0 ? {} : { add_tags: fresh }),
    ...(removeTags.length === 0 ? {} : { remove_tags: removeTags }),
  };
}
