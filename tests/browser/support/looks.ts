import type { BrowserContextOptions } from "playwright-core";

export const VIEWPORTS = {
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  desk: { width: 1440, height: 900 },
} as const;
export type Viewport = keyof typeof VIEWPORTS;
export type Theme = "light" | "dark";

/** How a person's browser is set up. */
export interface Look {
  /** Default `desk`. A phone has touch and obeys the page's own viewport. */
  readonly viewport?: Viewport;
  /** Default `dark`. */
  readonly theme?: Theme;
  /** Default false: then the person asked for reduced motion, and nothing is seen half-way. */
  readonly motion?: boolean;
}

/** Every viewport of these in both themes. */
export function looksOf(...viewports: readonly Viewport[]): readonly Required<Pick<Look, "viewport" | "theme">>[] {
  const themes: readonly Theme[] = ["dark", "light"];
  return viewports.flatMap((viewport) => themes.map((theme) => ({ viewport, theme })));
}

/** Language and time zone are the same on every machine. */
export function contextOptions({ viewport = "desk", theme = "dark", motion = false }: Look): BrowserContextOptions {
  return {
    viewport: VIEWPORTS[viewport],
    isMobile: viewport === "phone",
    hasTouch: viewport !== "desk",
    colorScheme: theme,
    reducedMotion: motion ? "no-preference" : "reduce",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
  };
}
