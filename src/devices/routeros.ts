import { placeOf } from "./place.ts";
import type { Provider } from "./provider.ts";

const SSH_PORT = 22;

/** Network gear, which has no light: it is well when it accepts connections for SSH. */
export const routerosProvider: Provider<"routeros"> = {
  type: "routeros",
  schemes: ["ssh"],
  mayLackUrl: false,
  capabilities: ["configuration"],
  tells: false,
  service: null,
  open: ({ url }, { network }) => {
    const place = placeOf(url, SSH_PORT);
    return {
      light: null,
      pixels: null,
      check: async (signal) => {
        const alive = await network.touch(place, { proof: "accepts", signal });
        return alive.ok ? { ...alive, state: null } : alive;
      },
      kept: () => null,
      close: () => Promise.resolve(),
    };
  },
};
