import { actionsDocument } from "./actions_document.ts";

await Deno.writeTextFile("docs/actions.md", actionsDocument());
