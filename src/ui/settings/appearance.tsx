import type { Theme } from "../base/theme.ts";
import { KeyList } from "../shell/key_list.tsx";
import { useUi } from "../ui.ts";

const THEMES: readonly (readonly [theme: Theme, label: string])[] = [
  ["system", "As the device"],
  ["dark", "Dark"],
  ["light", "Light"],
];

/** How it looks on this device, and what its keys do. */
export function Appearance() {
  const { theme, singleKeys } = useUi();
  return (
    <div class="settings">
      <fieldset>
        <legend>
          <h2>Theme</h2>
        </legend>
        {THEMES.map(([name, label]) => (
          <label key={name} class="check">
            <input
              type="radio"
              name="theme"
              checked={theme.chosen.value === name}
              onChange={() => theme.choose(name)}
            />
            <span>{label}</span>
          </label>
        ))}
        <p class="field-help">Kept on this device alone.</p>
      </fieldset>
      <section>
        <h2>Keys of the keyboard</h2>
        <label class="check">
          <input
            type="checkbox"
            checked={singleKeys.on.value}
            onChange={(event) => singleKeys.set(event.currentTarget.checked)}
          />
          <span>Keys of one character do something</span>
        </label>
        <KeyList name="facts" />
      </section>
    </div>
  );
}
