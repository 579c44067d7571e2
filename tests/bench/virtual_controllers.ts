/** Many virtual controllers in one process; prints their addresses as one line of JSON. Started by device_polling.ts. */
import { startController } from "../../virtual_wled/controller.ts";

const controllers = [];
for (let number = 1; number <= Number(Deno.args[0]); number++) {
  controllers.push(await startController({ name: `Light ${number}`, ledCount: 30 }));
}
console.log(JSON.stringify(controllers.map(({ url }) => url)));
