import chromium from "@sparticuz/chromium";

/** Unpacks to the temporary folder of the process, unless there is something of that name already. */
await chromium.executablePath();
