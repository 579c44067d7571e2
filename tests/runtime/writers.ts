import type { ApiClient } from "./api_client.ts";

/** Callers that create, rename and delete gradients, one after the other each, until told to stop or cut off. */
export interface Writers {
  /** What was acknowledged, as `action id name`, in the order of each caller. */
  readonly acknowledged: readonly (readonly string[])[];
  /** Asks them to stop and waits for their last answers. */
  stop(): Promise<void>;
}

export function startWriters(count: number, api: ApiClient, prefix = "Writer"): Writers {
  const acknowledged: string[][] = [];
  let stopped = false;
  const write = async (name: string, noted: string[]) => {
    for (let at = 0; !stopped; at++) {
      const { id } = await api.create("gradients", { name: `${name} ${at}` });
      noted.push(`entity.created ${id} ${name} ${at}`);
      await api.update("gradients", id, { name: `${name} ${at}, renamed` });
      noted.push(`entity.updated ${id} ${name} ${at}, renamed`);
      if (at % 2 === 0) continue;
      await api.remove("gradients", id);
      noted.push(`entity.deleted ${id} ${name} ${at}, renamed`);
    }
  };
  const working = Array.from({ length: count }, (_, at) => {
    acknowledged.push([]);
    return write(`${prefix} ${at}`, acknowledged[at]!).catch((error: unknown) => {
      // A server that was killed answers no more: a fetch tells of that with a TypeError.
      if (!(error instanceof TypeError)) throw error;
    });
  });
  const all = Promise.all(working);
  all.catch(() => {}); // told by `stop`
  return {
    acknowledged,
    stop: async () => {
      stopped = true;
      await all;
    },
  };
}
