import { type ReadonlySignal, signal } from "@preact/signals";

export type Theme = "system" | "dark" | "light";

export interface ThemeChoice {
  readonly chosen: ReadonlySignal<Theme>;
  choose(theme: Theme): void;
}

/** Read by `public/theme.js` too, before the first paint. */
const NAME = "lumenlog.theme";

export function createTheme(): ThemeChoice {
  const given = document.documentElement.dataset["theme"];
  const chosen = signal<Theme>(given === "dark" || given === "light" ? given : "system");
  return {
    chosen,
    choose: (theme) => {
      chosen.value = theme;
      if (theme === "system") delete document.documentElement.dataset["theme"];
      else document.documentElement.dataset["theme"] = theme;
      try {
        if (theme === "system") localStorage.removeItem(NAME);
        else localStorage.setItem(NAME, theme);
      } catch {
        return; // not remembered then
      }
    },
  };
}
