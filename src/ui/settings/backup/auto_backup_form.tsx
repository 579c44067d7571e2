import { NumberField } from "../number_field.tsx";
import { SettingsForm } from "../settings_form.tsx";
import { type AutoBackup, BACKUPS } from "./answers.ts";

/** Whether the server makes backups by itself, how often, and how many it keeps. */
export const AutoBackupForm = () => (
  <SettingsForm<AutoBackup> path={`${BACKUPS}/settings`} of="automatic backups" lookOnly={false}>
    {({ shown: { enabled, interval_hours, max_backups }, edit }) => (
      <>
        <label class="check">
          <input
            type="checkbox"
            role="switch"
            checked={enabled}
            onChange={({ currentTarget }) => edit({ enabled: currentTarget.checked })}
          />
          <span>Make backups by itself</span>
        </label>
        <NumberField
          label="One every"
          unit="hours"
          value={interval_hours}
          most={8760}
          change={(interval_hours) =>
            edit({ interval_hours })}
        />
        <NumberField
          label="Keep the newest"
          unit="automatic backups"
          value={max_backups}
          most={1000}
          change={(max_backups) =>
            edit({ max_backups })}
        />
      </>
    )}
  </SettingsForm>
);
