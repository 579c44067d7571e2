import { type Entity, entityHref } from "../entities/types.ts";
import type { Leaving } from "../library/use_leaving.ts";
import { nameInText } from "../lights/light_words.ts";
import { DeletePanel } from "../parts/delete_panel.tsx";
import { Link } from "../parts/link.tsx";
import { useLack } from "../parts/use_role.ts";
import { useUi } from "../ui.ts";
import type { Device } from "./device.ts";

/** The end of a device, after what would have to go before it. */
export function DeleteDevice({ device, leaving }: { readonly device: Device; readonly leaving: Leaving }) {
  const { api, router, notices } = useUi();
  const lack = useLack("operator");
  const users = useUsers(device);
  const used = users.length === 0 ? undefined : "What is listed here still uses it.";
  const remove = async () => {
    const answer = await api.send("DELETE", `/api/v1/devices/${encodeURIComponent(device.id)}`);
    if (!answer.ok && answer.problem.status !== 404) return answer.problem;
    leaving.free();
    notices.say(`${nameInText(device.name)} was deleted.`);
    router.go("/devices");
    return undefined;
  };
  return (
    <section class="device-delete">
      <h2>Delete</h2>
      <UsedBy users={users} />
      <DeletePanel
        noun="device"
        name={device.name}
        loss="Its configuration will be lost. What happened to it stays in the log."
        barred={lack ?? used}
        remove={remove}
      />
    </section>
  );
}

/** Only output targets refer to devices. */
function useUsers({ id }: Device): readonly Entity[] {
  const { items = [] } = useUi().entities.list("output_target").value;
  return items.filter(({ device_id }) => device_id === id);
}

function UsedBy({ users }: { readonly users: readonly Entity[] }) {
  if (users.length === 0) return null;
  return (
    <div class="device-users">
      <p>It is used, and can only be deleted once these do without it:</p>
      <ul>
        {users.map(({ id, name }) => (
          <li key={id}>
            <Link to={entityHref("output_target", id)} class="name">{name}</Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
