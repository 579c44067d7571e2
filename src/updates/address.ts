import { isIPv4 } from "node:net";

/**
 * An address that releases may be fetched from: https, or http on this machine itself; without user or password, as it is shown.
 * Undefined for any other.
 */
export function parseReleaseUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username !== "" || url.password !== "" || url.hostname === "") return undefined;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname)) ? url : undefined;
}

/** URL has put every spelling of an address into its usual one. */
const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "[::1]" || (isIPv4(host) && host.startsWith("127."));

/** Where `text` leads from an address, if that is fit and on the same host and port; https never leads to http. */
export function besideOf(from: URL, text: string): URL | undefined {
  if (!URL.canParse(text, from)) return undefined;
  const to = parseReleaseUrl(new URL(text, from).href);
  return to !== undefined && to.host === from.host && (to.protocol === from.protocol || to.protocol === "https:")
    ? to
    : undefined;
}
