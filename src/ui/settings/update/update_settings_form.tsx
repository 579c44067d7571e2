import { SettingsForm } from "../settings_form.tsx";
import { UPDATE, type UpdateSettings } from "./answers.ts";

/** Whether the server looks for updates by itself, and for which. */
export const UpdateSettingsForm = ({ lookOnly }: { readonly lookOnly: boolean }) => (
  <SettingsForm<UpdateSettings> path={`${UPDATE}/settings`} of="updates" lookOnly={lookOnly}>
    {({ shown: { check_daily, channel }, edit, disabled }) => (
      <>
        <label class="check">
          <input
            type="checkbox"
            role="switch"
            checked={check_daily}
            disabled={disabled}
            onChange={({ currentTarget }) => edit({ check_daily: currentTarget.checked })}
          />
          <span>Look once a day</span>
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={channel === "pre"}
            disabled={disabled}
            onChange={({ currentTarget }) =>
              edit({ channel: currentTarget.checked ? "pre" : "stable" })}
          />
          <span>Also versions that are not finished</span>
        </label>
      </>
    )}
  </SettingsForm>
);
