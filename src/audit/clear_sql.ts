import type { Tx } from "./ports.ts";

/** Removes every entry and all that the indexes know of them (texts are found no more and dropped later); kinds stay, and seq goes on behind `head`. */
export async function removeEverything(tx: Tx, head: number): Promise<void> {
  await tx.run("DELETE FROM activity_log");
  await tx.run("DELETE FROM activity_by_kind");
  await tx.run("DELETE FROM activity_by_entity");
  await tx.run("DELETE FROM activity_block");
  await tx.run("DELETE FROM activity_rollup");
  await tx.run("DELETE FROM activity_text_part");
  await tx.run(
    `UPDATE activity_state SET floor_seq = CAST(? AS INTEGER), indexed_seq = CAST(? AS INTEGER),
       text_seq = CAST(? AS INTEGER) WHERE id = 1`,
    [head, head, head],
  );
}
