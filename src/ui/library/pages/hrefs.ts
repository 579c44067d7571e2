import { ENTITY_VIEWS, type EntityTypeName } from "../../entities/types.ts";

/** Types that have a page of their own. */
const PAGES: Readonly<Partial<Record<EntityTypeName, string>>> = {
  device: "/devices",
  scene_preset: "/scenes",
  scene_playlist: "/scenes",
  automation: "/automations",
};

/** Where all entities of a type are. */
export const listHref = (type: EntityTypeName): string => PAGES[type] ?? `/library/${ENTITY_VIEWS[type].path}`;

/** Where one is made. */
export const newHref = (type: EntityTypeName): string => `/library/${ENTITY_VIEWS[type].path}/new`;
