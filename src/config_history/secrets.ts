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

/** `name:password@` of an address, up to the last `@` before its path. */
const USER_INFO = /([a-z][a-z0-9+.-]{0,30}:\/\/)([^\s/"]+)@/gi;

/** Masks who an address logs in as. */
export const maskAddresses = (text: string, mask: Mask): string =>
  text.replace(USER_INFO, (_, scheme: string, userInfo: string) => `${scheme}${mask(userInfo)}@`);
