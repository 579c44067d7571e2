/** An absolute path, POSIX or Windows. Relative ones depend on where the server was started. */
export const isFilePath = (text: string): boolean => /^(?:\/(?!\/)|[A-Za-z]:[\\/])/.test(text);

/** An absolute URL with a host and one of the schemes. */
export const isUrlOf = (text: string, schemes: readonly string[]): boolean => {
  const scheme = /^([a-z]+):\/\/[^/\s]/i.exec(text)?.[1]?.toLowerCase();
  return scheme !== undefined && schemes.includes(scheme) && URL.canParse(text);
};

/** True when a URL carries a user name or password, also one that does not parse. */
export const hasUserInfo = (text: string): boolean => /^[a-z][a-z0-9+.-]+:[\\/]*[^\\/?#]+@/i.test(text);
