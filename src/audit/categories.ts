export const CATEGORIES = ["auth", "device", "entity", "capture", "system"] as const;
export type Category = typeof CATEGORIES[number];

export const SEVERITIES = ["info", "warning", "error"] as const;
export type Severity = typeof SEVERITIES[number];
