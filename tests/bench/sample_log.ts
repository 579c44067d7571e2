import type { Category, Severity } from "../../src/audit/mod.ts";
import type { Draft } from "../../src/audit/entry.ts";
import { createRandom, type Random } from "../support/random.ts";

/** An action of the sample: how often it comes in the log, and in its oldest hundredth only when `early`. */
interface SampleAction {
  readonly weight: number;
  readonly category: Category;
  readonly action: string;
  readonly severity: Severity;
  /** `device`, `any` type of entity, or none. */
  readonly about: "device" | "any" | undefined;
  readonly says: string;
  readonly early?: true;
}

const act = (
  weight: number,
  category: Category,
  action: string,
  severity: Severity,
  about: SampleAction["about"],
  says: string,
): SampleAction => ({ weight, category, action, severity, about, says });

/** No entry has the category `capture`; `auth` and the severity `error` are found at the old end only. */
const ACTIONS: readonly SampleAction[] = [
  act(400, "device", "device.state_changed", "info", "device", "switched on"),
  act(220, "entity", "entity.updated", "info", "any", "updated"),
  act(80, "device", "device.online", "info", "device", "came online"),
  act(80, "device", "device.offline", "warning", "device", "went offline"),
  act(40, "device", "device.discovered", "info", "device", "discovered on the network"),
  act(40, "device", "device.lost", "warning", "device", "no longer announces itself"),
  act(30, "entity", "entity.created", "info", "any", "created"),
  act(20, "entity", "entity.deleted", "info", "any", "deleted"),
  act(15, "device", "device.identified", "info", "device", "identified itself"),
  act(15, "device", "config_snapshot_created", "info", "device", "configuration stored"),
  act(15, "device", "config_snapshot_skipped_duplicate", "info", "device", "configuration unchanged"),
  act(8, "device", "config_diff_generated", "info", "device", "configuration compared"),
  act(5, "device", "config_backup_manual_trigger", "info", "device", "configuration backed up by hand"),
  act(4, "device", "device.adb_connected", "info", "device", "connected"),
  act(4, "device", "device.adb_disconnected", "info", "device", "disconnected"),
  act(8, "system", "settings.changed", "info", undefined, "Settings changed"),
  act(5, "system", "server.started", "info", undefined, "Server started"),
  act(5, "system", "server.shutting_down", "info", undefined, "Server is shutting down"),
  act(3, "system", "server.restarting", "info", undefined, "Server is restarting"),
  act(3, "system", "server.shutdown_requested", "info", undefined, "Shutdown requested"),
  act(3, "system", "backup.created", "info", undefined, "Backup created"),
  act(2, "system", "backup.deleted", "info", undefined, "Backup deleted"),
  act(2, "system", "backup.restored", "warning", undefined, "Backup restored"),
  act(2, "system", "update.applied", "info", undefined, "Update applied"),
  act(2, "system", "update.dismissed", "info", undefined, "Update dismissed"),
  act(2, "system", "update.rolled_back", "warning", undefined, "Update rolled back"),
  act(3, "system", "calibration.started", "info", "device", "calibration started"),
  act(2, "system", "calibration.stopped", "info", "device", "calibration stopped"),
  act(2, "system", "calibration.cancelled", "info", "device", "calibration cancelled"),
  act(3, "system", "activity_log.exported", "info", undefined, "Activity log exported"),
  act(2, "system", "activity_log.pruned", "info", undefined, "Activity log pruned"),
  act(2, "system", "activity_log.retention_changed", "warning", undefined, "Retention changed"),
  act(1, "system", "activity_log.disabled", "warning", undefined, "Activity log disabled"),
  act(1, "system", "activity_log.enabled", "info", undefined, "Activity log enabled"),
  { ...act(15, "auth", "auth.rejected", "warning", undefined, "A request was rejected"), early: true },
  { ...act(8, "auth", "auth.ws_connected", "info", undefined, "A client connected"), early: true },
  { ...act(4, "auth", "auth.key_created", "warning", undefined, "A key was created"), early: true },
  { ...act(3, "auth", "auth.key_revoked", "warning", undefined, "A key was revoked"), early: true },
  { ...act(10, "system", "activity_log.entries_lost", "error", undefined, "Entries could not be stored"), early: true },
];

const ACTORS: readonly { readonly weight: number; readonly actor: string; readonly early?: true }[] = [
  { weight: 350, actor: "desk" },
  { weight: 300, actor: "system" },
  { weight: 150, actor: "phone" },
  { weight: 80, actor: "hall" },
  { weight: 50, actor: "panel" },
  { weight: 30, actor: "tablet" },
  { weight: 20, actor: "script" },
  { weight: 10, actor: "guest" },
  { weight: 9, actor: "anonymous" },
  { weight: 1, actor: "night-shift" },
  { weight: 20, actor: "installer", early: true },
  { weight: 5, actor: "intern", early: true },
];

export const ENTITY_IDS = 300;
const TYPES = [
  "device",
  "device",
  "device",
  "output_target",
  "gradient",
  "scene_preset",
  "color_strip_source",
  "automation",
  "template",
  "sync_clock",
  "picture_source",
  "scene_playlist",
] as const;
const PLACES = ["Desk", "Hall", "Red", "Kitchen", "Bed", "Garden", "Window", "Stairs", "Attic", "Shelf"];
const THINGS = ["lamp", "strip", "panel", "curtain", "ceiling", "wall", "tube", "ring", "matrix", "sign"];

export const entityId = (k: number) => `e${k.toString(36)}_${String(k * 7919).padStart(26, "0")}`;
export const entityTypeOf = (k: number): string => TYPES[k % TYPES.length]!;
export const entityName = (k: number) => `${PLACES[k % 10]} ${THINGS[Math.floor(k / 10) % 10]} ${k}`;

/** Ids and words that are at the old end only. */
export const RARE_ENTITY = "e_rare_00000000000000000000001";
export const RARE_WORD = "Kitchenette";
export const LOG_START = Date.UTC(2026, 0, 1);
export const LOG_DAYS = 90;
/** Where the clock steps back two hours, as a share of the log. */
export const CLOCK_STEP = 0.6;

function weighted<T extends { readonly weight: number; readonly early?: true }>(all: readonly T[], early: boolean) {
  const list = all.filter((one) => early || !one.early);
  const sum = list.reduce((total, one) => total + one.weight, 0);
  return (random: Random): T => {
    let at = random.next() * sum;
    return list.find((one) => (at -= one.weight) < 0) ?? list[0]!;
  };
}

/** Entries of a home over 90 days, the same in each run: skewed, with rare things at the old end. Call in order. */
export function createSampleLog(rows: number, seed = 1): (index: number) => Draft {
  const random = createRandom(seed);
  const actions = { late: weighted(ACTIONS, false), early: weighted(ACTIONS, true) };
  const actors = { late: weighted(ACTORS, false), early: weighted(ACTORS, true) };
  return (index) => {
    const phase = index < rows / 100 ? "early" : "late";
    const action = actions[phase](random);
    const step = index >= rows * CLOCK_STEP ? 7_200_000 : 0;
    const ms = LOG_START + Math.floor(index * (LOG_DAYS * 86_400_000 / rows)) + random.int(20) - step;
    const about = aboutOf(action, random, phase === "early");
    return {
      ts: new Date(ms).toISOString(),
      category: action.category,
      action: action.action,
      severity: action.severity,
      actor: actors[phase](random).actor,
      ...about,
      message: about.entity_name === null
        ? action.says
        : `${labelOf(about.entity_type)} '${about.entity_name}' ${action.says}`,
      metadata: metadataOf(action, random),
    };
  };
}

function aboutOf({ about }: SampleAction, random: Random, early: boolean) {
  if (about === undefined) return { entity_type: null, entity_id: null, entity_name: null };
  if (early && random.chance(0.003)) return { entity_type: "device", entity_id: RARE_ENTITY, entity_name: RARE_WORD };
  const k = Math.floor(ENTITY_IDS * random.next() ** 3);
  const of = about === "device" ? k - k % TYPES.length : k;
  return { entity_type: entityTypeOf(of), entity_id: entityId(of), entity_name: entityName(of) };
}

const labelOf = (type: string | null) => (type ?? "").replace("_", " ").replace(/^./, (c) => c.toUpperCase());

function metadataOf({ action }: SampleAction, random: Random): Draft["metadata"] {
  if (action === "device.state_changed") return { source: "api", on: true, brightness: random.int(256) };
  if (action === "device.online" || action === "device.offline") return { latency_ms: random.int(90) };
  if (action === "device.discovered" || action === "device.lost") {
    return { url: `http://192.168.1.${random.int(255)}`, device_type: "wled" };
  }
  return {};
}
