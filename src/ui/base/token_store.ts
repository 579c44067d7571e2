/** Where the browser keeps the key: for this tab alone, or on this device until signed out. */
export interface TokenStore {
  read(): string | null;
  write(token: string, keep: boolean): void;
  forget(): void;
  /** Whether the key that was kept on this device is no longer the one kept there. */
  changedElsewhere(): boolean;
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
  const kept = () => attempt(() => storages.device().getItem(NAME), null);
  /** Another tab may have kept a newer key on the device: that one stays. */
  const erase = () => {
    attempt(() => storages.tab().removeItem(NAME), undefined);
    if (kept() === token) attempt(() => storages.device().removeItem(NAME), undefined);
  };
  token = attempt(() => storages.tab().getItem(NAME), null) ?? kept();
  let onDevice = token !== null && kept() === token;
  return {
    read: () => token,
    write: (given, keep) => {
      erase();
      token = given;
      onDevice = keep;
      attempt(() => (keep ? storages.device() : storages.tab()).setItem(NAME, given), undefined);
    },
    forget: () => {
      erase();
      token = null;
      onDevice = false;
    },
    changedElsewhere: () => onDevice && kept() !== token,
  };
}
