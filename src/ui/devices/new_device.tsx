import { entityHref } from "../entities/types.ts";
import { useEditor } from "../library/use_editor.ts";
import { useLeaving } from "../library/use_leaving.ts";
import { nameInText } from "../lights/light_words.ts";
import { Link } from "../parts/link.tsx";
import { useTitle } from "../parts/use_title.ts";
import { useUi } from "../ui.ts";
import { DeviceEditor } from "./device_editor.tsx";
import { DEVICE_FORM } from "./device_form.ts";

export function NewDevice() {
  useTitle("Add a device");
  const { router, notices } = useUi();
  const editor = useEditor(DEVICE_FORM, undefined);
  const leaving = useLeaving(editor.dirty);
  return (
    <>
      <header class="page-head">
        <h1>Add a device</h1>
        <Link to="/devices">All devices</Link>
      </header>
      <DeviceEditor
        editor={editor}
        leaving={leaving}
        saved={({ id, name }) => {
          notices.say(`${nameInText(name)} was added.`);
          router.go(entityHref("device", id), { replace: true });
        }}
      />
    </>
  );
}
