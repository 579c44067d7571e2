import process from "node:process";

/** What the process that started this one may ask of it. */
export type Order = "stop" | "now";

/**
 * Follows the orders of the process that started this one, which come on standard input, one in a line. Its end, however
 * it came, ends them: then `gone` is called, once.
 */
export function followOrders(follow: Readonly<Record<Order | "gone", () => void>>): void {
  let rest = "";
  let open = true;
  const over = () => {
    if (open) follow.gone();
    open = false;
  };
  const input = process.stdin;
  input.setEncoding("utf8");
  input.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line === "stop" || line === "now") follow[line]();
  });
  for (const event of ["end", "close", "error"]) input.on(event, over);
}
