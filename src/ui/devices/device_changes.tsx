import { RecentActivity } from "../activity/recent_activity.tsx";
import { useParts } from "./use_parts.ts";

/** What happened to the device, and to all that leads to it: what a target shows is what the device shows. */
export function DeviceChanges({ id }: { readonly id: string }) {
  const parts = useParts();
  const alone = parts.of("log") === "alone";
  return (
    <RecentActivity
      {...(alone ? { entityType: "device", entityId: id } : { relatedTo: id })}
      title="What changed this?"
    >
      <label class="check">
        <input
          type="checkbox"
          checked={!alone}
          onChange={({ currentTarget: { checked } }) => parts.set({ log: checked ? undefined : "alone" })}
        />
        <span>With its targets, scenes and automations</span>
      </label>
    </RecentActivity>
  );
}
