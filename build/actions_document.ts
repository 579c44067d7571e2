import { CATALOGUE } from "../src/activity/catalogue.ts";
import { describeActions, type DescribedAction, type DescribedKey } from "../src/activity/described_actions.ts";

const HEAD = `# Actions

Every action that the activity log can hold. This page is made from the catalogue by \`deno task docs\`. Severity is the
usual one. Metadata holds scalars only and never a secret.
`;

const TITLES: Readonly<Record<string, string>> = {
  auth: "Authentication",
  capture: "Capture",
  device: "Devices",
  entity: "Entities",
  system: "System",
};

/** The page that tells of every action of the catalogue. */
export function actionsDocument(): string {
  const byCategory = Map.groupBy(describeActions(CATALOGUE), ({ category }) => category);
  return [HEAD, ...[...byCategory].map(([category, actions]) => section(category, actions))].join("\n");
}

const section = (category: string, actions: readonly DescribedAction[]) =>
  [`## ${TITLES[category] ?? category}\n`, ...actions.map(entry)].join("\n");

const entry = ({ action, label, severity, when, aboutEntity, metadata }: DescribedAction) =>
  [
    `### \`${action}\`\n`,
    `**${label}** (${severity}${aboutEntity ? ", about an entity" : ""}). ${when}.\n`,
    ...(metadata.length === 0 ? [] : [metadata.map(line).join("\n") + "\n"]),
  ].join("\n");

const line = ({ key, type, optional }: DescribedKey) => `- \`${key}\`${optional ? " (may be left out)" : ""}: ${type}`;
