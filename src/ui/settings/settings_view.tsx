import type { ComponentType } from "preact";
import { Link } from "../parts/link.tsx";
import { useTitle } from "../parts/use_title.ts";
import { NotFound } from "../shell/not_found.tsx";
import type { ViewProps } from "../shell/view_props.ts";
import { About } from "./about.tsx";
import { Appearance } from "./appearance.tsx";
import { BackupsSection } from "./backup/backups_section.tsx";
import { Keys } from "./keys.tsx";
import { LogSection } from "./log/log_section.tsx";
import { ServerSection } from "./server/server_section.tsx";
import { UpdatesSection } from "./update/updates_section.tsx";

interface Section {
  readonly name: string;
  readonly label: string;
  readonly View: ComponentType;
}

/** In the order in which they stand; the first is at the address of the settings themselves. */
const SECTIONS: readonly Section[] = [
  { name: "keys", label: "API keys", View: Keys },
  { name: "activity-log", label: "Activity log", View: LogSection },
  { name: "backups", label: "Backups", View: BackupsSection },
  { name: "updates", label: "Updates", View: UpdatesSection },
  { name: "server", label: "Server", View: ServerSection },
  { name: "appearance", label: "Appearance", View: Appearance },
  { name: "about", label: "About", View: About },
];

export function SettingsView({ params }: ViewProps) {
  const section = SECTIONS.find(({ name }) => name === (params["section"] ?? SECTIONS[0]?.name));
  useTitle(section === undefined ? "Settings" : `${section.label}, settings`);
  if (section === undefined) return <NotFound />;
  return (
    <>
      <header class="page-head">
        <h1>Settings</h1>
      </header>
      <nav class="sections" aria-label="Settings">
        {SECTIONS.map(({ name, label }) => (
          <Link key={name} to={`/settings/${name}`} class="section-link" current={name === section.name}>{label}</Link>
        ))}
      </nav>
      <section.View />
    </>
  );
}
