import { activityHref } from "../../activity/address.ts";
import { entriesWords } from "../../base/format.ts";
import { Link } from "../../parts/link.tsx";
import type { Restored } from "./answers.ts";

/** What came of a restore. */
export const RestoredNote = ({ restored: { carried, log } }: {
  readonly restored: Restored;
}) => (
  <div class="token-panel">
    <p class="panel-title">The backup is restored.</p>
    <p>
      {log === "taken"
        ? "The activity log came from it."
        : `The activity log stayed, with ${entriesWords(carried)} newer than it.`}{" "}
      <Link to={activityHref({ actions: ["backup.restored"] })}>See it on record</Link>
    </p>
  </div>
);
