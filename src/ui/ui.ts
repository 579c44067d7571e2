import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type ActionNames, createActionNames } from "./activity/facets/action_names.ts";
import { createKeptLog, type KeptLog } from "./activity/kept_log.ts";
import { createLogSettings, type LogSettingsStore } from "./activity/log_settings.ts";
import type { Api } from "./base/api.ts";
import { createLive, type Live } from "./base/live.ts";
import { createNewerServer, type NewerServer } from "./base/newer_server.ts";
import { browserTimer } from "./base/timer.ts";
import { createRouter, type Router } from "./base/router.ts";
import { createSession, type Session } from "./base/session.ts";
import { createSingleKeys, type SingleKeys } from "./base/single_keys.ts";
import { createTheme, type ThemeChoice } from "./base/theme.ts";
import { createTokenStore } from "./base/token_store.ts";
import { createDiscoveredList, type DiscoveredList } from "./devices/discovered/discovered_list.ts";
import { createEntityStore, type EntityStore } from "./entities/entity_store.ts";
import { createFirstRun, type FirstRun } from "./entry/first_run.ts";
import { createDrafts, type Drafts } from "./library/drafts.ts";
import { createForms, type Forms } from "./library/forms.ts";
import { createLights, type Lights } from "./lights/lights.ts";
import { createNotices, type Notices } from "./parts/notices.ts";

/** Everything long-lived of the page; built once, reached by `useUi`. */
export interface Ui {
  readonly session: Session;
  readonly api: Api;
  readonly live: Live;
  readonly newerServer: NewerServer;
  readonly router: Router;
  readonly entities: EntityStore;
  readonly lights: Lights;
  readonly discovered: DiscoveredList;
  readonly actionNames: ActionNames;
  readonly logSettings: LogSettingsStore;
  readonly keptLog: KeptLog;
  readonly forms: Forms;
  readonly drafts: Drafts;
  readonly firstRun: FirstRun;
  readonly theme: ThemeChoice;
  readonly singleKeys: SingleKeys;
  readonly notices: Notices;
}

export function createUi(): Ui {
  const session = createSession(createTokenStore({ tab: () => sessionStorage, device: () => localStorage }));
  const live = createLive({
    url: `${location.origin.replace(/^http/, "ws")}/api/v1/events/ws`,
    token: session.token,
    unauthorized: session.ended,
    alive: async () => (await session.api.get("/health", { ms: 5000 })).ok,
  });
  const entities = createEntityStore({ api: session.api, live });
  const router = createRouter();
  return {
    session,
    api: session.api,
    live,
    newerServer: createNewerServer({ api: session.api, live, own: session.version }),
    router,
    entities,
    lights: createLights({ api: session.api, live, timer: browserTimer() }),
    discovered: createDiscoveredList({ api: session.api, live }),
    actionNames: createActionNames(session.api),
    logSettings: createLogSettings({ api: session.api, live }),
    keptLog: createKeptLog(),
    forms: createForms(session.api),
    drafts: createDrafts(),
    firstRun: createFirstRun(() => localStorage),
    theme: createTheme(),
    singleKeys: createSingleKeys(),
    notices: createNotices(),
  };
}

export const UiContext = createContext<Ui | undefined>(undefined);

/** The page's long-lived parts, anywhere below its root. */
export function useUi(): Ui {
  const ui = useContext(UiContext);
  if (ui === undefined) throw new Error("Cannot use the UI outside its root");
  return ui;
}
