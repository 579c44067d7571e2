import { useEffect, useMemo } from "preact/hooks";
import { useUi } from "../ui.ts";
import { createEditor, type Editor } from "./editor.ts";
import type { EntityForm } from "./form/entity_form.ts";

/** An editor for as long as the view is shown. What is not saved when a key ends waits for the next one. */
export function useEditor(form: EntityForm, id: string | undefined): Editor {
  const { api, live, drafts, session, router } = useUi();
  const address = router.path.peek();
  const editor = useMemo(
    () => createEditor({ api, live, form, id, kept: drafts.take(address) }),
    [form, id],
  );
  useEffect(() => {
    void editor.load().catch((error: unknown) => console.error(error));
    const unfollow = editor.follow();
    return () => {
      unfollow();
      const phase = session.phase.peek();
      if (phase.name === "signed_out" && phase.reason !== null) editor.keep(drafts, address);
    };
  }, [editor]);
  return editor;
}
