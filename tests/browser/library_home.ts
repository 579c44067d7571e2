import type { ApiClient } from "../runtime/api_client.ts";
import { type BrowserOptions, browserTest, type Visit } from "./support/browser.ts";
import { makeFirstKey, type Owner, signIn } from "./support/keys.ts";

export interface SignedIn extends Visit {
  readonly owner: Owner;
}

/** A test that begins at this address, signed in as the owner of a new server. */
export function signedInTest(
  sentence: string,
  { at, ...options }: BrowserOptions & { readonly at: string },
  work: (visit: SignedIn) => Promise<void>,
): void {
  browserTest(sentence, options, async (visit) => {
    const owner = await makeFirstKey(visit.server);
    await visit.page.goto(at);
    await signIn(visit.page, owner.token);
    await work({ ...visit, owner });
  });
}

export const HOSTILE = {
  markup: "<img src=x onerror=alert(1)>",
  rightToLeft: "שלום עולם",
  emoji: "💡".repeat(256),
} as const;

/** A gradient, a strip that shows it, a target that sends it, a scene with that. */
export async function seedChain(api: ApiClient, name = "Sunset") {
  const gradient = await api.create("gradients", { name, tags: ["evening"] });
  const strip = await api.create("color-strip-sources", { name, kind: "gradient", gradient_id: gradient.id });
  const target = await api.create("output-targets", { name, color_strip_source_id: strip.id });
  const scene = await api.create("scene-presets", { name, targets: [{ output_target_id: target.id }] });
  const playlist = await api.create("scene-playlists", { name, items: [{ scene_preset_id: scene.id }] });
  const rules = [{ kind: "time_of_day", from: "18:00", until: "23:00" }, { kind: "webhook" }];
  const automation = await api.create("automations", {
    name,
    scene_preset_id: scene.id,
    rules,
    webhook_secret: "hush",
  });
  const template = await api.create("templates", { name, kind: "postprocessing" });
  return { gradient, strip, target, scene, playlist, automation, template };
}
