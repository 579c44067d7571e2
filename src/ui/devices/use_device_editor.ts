import { useEffect, useMemo } from "preact/hooks";
import { createEditor, type Editor } from "../library/editor.ts";
import { useUi } from "../ui.ts";
import { DEVICE_FORM } from "./device_form.ts";

/** The editor of one device, or of a new one, as long as the view is shown. */
export function useDeviceEditor(id: string | undefined): Editor {
  const { api, live } = useUi();
  const editor = useMemo(() => createEditor({ api, live, form: DEVICE_FORM, id }), [api, live, id]);
  useEffect(() => {
    void editor.load().catch((error: unknown) => console.error(error));
    return editor.follow();
  }, [editor]);
  return editor;
}
