import { useEffect, useMemo } from "preact/hooks";
import { report } from "../base/report.ts";
import { browserTimer } from "../base/timer.ts";
import { useUi } from "../ui.ts";
import { createEditor, type Editor } from "./editor.ts";
import type { EntityForm } from "./form/entity_form.ts";

/** An editor for as long as the view is shown. What is not saved when a key ends waits until the same person is back. */
export function useEditor(form: EntityForm, id: string | undefined): Editor {
  const { api, live, drafts, session, router } = useUi();
  const place = useMemo(() => {
    const phase = session.phase.peek();
    return { address: router.path.peek(), actor: phase.name === "ready" ? phase.who.actor : "" };
  }, [form, id]);
  const editor = useMemo(
    () => createEditor({ api, live, form, id, timer: browserTimer(), kept: drafts.take(place) }),
    [place],
  );
  useEffect(() => {
    void editor.load().catch(report);
    const unfollow = editor.follow();
    return () => {
      unfollow();
      const phase = session.phase.peek();
      if (phase.name === "signed_out" && phase.reason !== null) editor.keep(drafts, place);
    };
  }, [editor]);
  return editor;
}
