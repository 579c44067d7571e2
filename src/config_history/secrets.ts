import { createHmac } from "node:crypto";

/** Puts a mark in place of a secret: the same for the same secret, and of no use without the key. */
export type Mask = (secret: string) => string;

const MARK = /^<secret:[0-9a-f]{8}>$/;
const MARK_DIGITS = 8;

/** What is a mark already stays one: masking twice is masking once. */
export const createMask = (key: Uint8Array): Mask => (secret) =>
  MARK.test(secret)
    ? secret
    : `<secret:${createHmac("sha256", key).update(secret).digest("hex").slice(0, MARK_DIGITS)}>`;

/** The same mark for every secret that is not one already. */
export const maskWithoutKey: Mask = (secret) => MARK.test(secret) ? secret : "<secret:00000000>";

/** What nothing but a secret is called, also at the end of a longer word, as in `mqttpass`: its numbers are secrets too. */
const SURELY =
  /(?:passw(?:or)?[dt]|passphrase|passcode|(?<!by|com)pass|pwd?|psw|psk|secrets?|token|apikey|credentials?|authorization)$/;
/** What is a secret when it is a text. */
const MOSTLY = /(?:pin|key|hash|auth|cak|jwt|bearer)$|^wpa/;
/** Keys that anybody may know. */
const KNOWN = /^(?!.*private).*(?:pub(?:lic)?|host)key$/;

/** A name says at its end what it is for. */
const MOST_NAME = 100;
const bareName = (name: string): string => name.slice(-MOST_NAME).toLowerCase().replaceAll(/[\s\d._-]/g, "");

/** `wifiPass`, `wifikey`, `api_key`, `wpa2-pre-shared-key`, `MQTT password 2`; not `public-key` or `host-key`. */
export function isSecretName(name: string): boolean {
  const bare = bareName(name);
  return SURELY.test(bare) || MOSTLY.test(bare) && !KNOWN.test(bare);
}

/** Of what is called that even a number is a secret. */
export const isSurelySecret = (name: string): boolean => SURELY.test(bareName(name));

/** `name:password@` of an address, up to the last `@` before its path; a password may have slashes, unlike a port. */
const USER_INFO = /([a-z][a-z0-9+.-]{0,30}:\/\/)([^\s/"]+|[^\s/"@]{1,256}:(?!\d{1,5}\/)[^\s"@]{1,256})@/gi;
/** `?name=value` of an address. */
const PARAMETER = /([?&]([\w.-]{1,64})=)([^\s&#"\\]+)/g;
/** The token that a bot of Telegram is spoken to with. */
const BOT = /(\/bot\d{6,12}:)([\w-]{30,64})/g;
/** What stands between the two ends of a private key. */
const PRIVATE_KEY = /(-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----)((?:(?!-----END|\\{0,64}")[^"])+)/g;

/** Masks what is a secret by its form, wherever it stands: in addresses, and private keys. */
export const maskForms = (text: string, mask: Mask): string =>
  text.replace(USER_INFO, (_, scheme: string, userInfo: string) => `${scheme}${mask(userInfo)}@`)
    .replace(
      PARAMETER,
      (whole, open: string, name: string, value: string) => isSecretName(name) ? open + mask(value) : whole,
    )
    .replace(BOT, (_, open: string, token: string) => open + mask(token))
    .replace(PRIVATE_KEY, (_, begin: string, key: string) => begin + mask(key));
