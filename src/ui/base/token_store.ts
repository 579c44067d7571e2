/** Where the browser keeps the key: for this tab alone, or on this device until signed out. */
export interface TokenStore {
  read(): string | null;
  write(token: string, keep: boolean): void;
  forget(): void;
}

const NAME = "lumenlog.key";

/** `storages` may refuse to work (private windows, policies): then the key lives as long as the page. */
export function createTokenStore(
  storages: { readonly tab: () => Storage; readonly device: () => Storage },
): TokenStore {
  let token: string | null = null;
  const attempt = <T>(work: () => T, otherwise: T): T => {
    try {
      return work();
    } catch {
      return otherwise;
    }
  };
  const erase = () => {
    attempt(() => storages.tab().removeItem(NAME), undefined);
    attempt(() => storages.device().removeItem(NAME), undefined);
  };
  token = attempt(() => storages.tab().getItem(NAME), null) ?? attempt(() => storages.device().getItem(NAME), null);
  return {
    read: () => token,
    write: (given, keep) => {
      erase();
      token = given;
      attempt(() => (keep ? storages.device() : storages.tab()).setItem(NAME, given), undefined);
    },
    forget: () => {
      erase();
      token = null;
    },
  };
}
