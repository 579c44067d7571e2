import { useEffect } from "preact/hooks";
import { Failed, Skeleton } from "../../parts/states.tsx";
import { useBar } from "../use_bar.tsx";
import { useFollowed } from "../use_followed.ts";
import { UPDATE, type UpdatePhase, type UpdateStatus } from "./answers.ts";
import { UpdatePanel } from "./update_panel.tsx";
import { UpdateSettingsForm } from "./update_settings_form.tsx";

const UNDER_WAY: readonly UpdatePhase[] = ["checking", "downloading", "ready", "applied"];
const EVERY_MS = 1000;

/** Which version runs, which there is, and how one becomes the other. */
export function UpdatesSection() {
  const bar = useBar();
  const { value, problem, again, take } = useFollowed<UpdateStatus>(UPDATE, "update.");
  const isUnderWay = value !== undefined && UNDER_WAY.includes(value.state);
  useEffect(() => {
    if (!isUnderWay) return;
    const timer = setInterval(again, EVERY_MS);
    return () => clearInterval(timer);
  }, [isUnderWay]);
  return (
    <div class="settings">
      <section>
        <h2>Version</h2>
        {problem !== undefined && <Failed what="tell about updates" problem={problem} retry={again} />}
        {value === undefined && problem === undefined && <Skeleton rows={3} />}
        {value !== undefined && <UpdatePanel status={value} mayChange={bar === undefined} take={take} />}
        {value?.supported !== false && bar}
      </section>
      {value?.supported === true && (
        <section>
          <h2>Looking for updates</h2>
          <UpdateSettingsForm lookOnly={bar !== undefined} />
        </section>
      )}
    </div>
  );
}
