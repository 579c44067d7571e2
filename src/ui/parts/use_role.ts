import type { Role } from "../../http/route.ts";
import { useUi } from "../ui.ts";

const RANK: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, admin: 2 };
const WHO: Readonly<Record<Role, string>> = { viewer: "Viewers", operator: "Operators", admin: "Admins" };

/** Why the person may not do what needs this role; undefined when they may. */
export function useLack(least: Role): string | undefined {
  const phase = useUi().session.phase.value;
  if (phase.name !== "ready" || RANK[phase.who.role] >= RANK[least]) return undefined;
  const { role } = phase.who;
  const able = least === "admin" ? WHO.admin : `${WHO.operator} and admins`;
  return `${able} can do this; your key has the role ${role}.`;
}
