// A store keeps one text for a program from one run to the next. It may be a file, the keychain of the operating system
// or a row of a database: the caller chooses.

export interface TokenStore {
  /** The text that was saved last; undefined where there is none or it cannot be opened. */
  load(): Promise<string | undefined>;
  /** Keeps this text in place of the one before. It is a secret. */
  save(text: string): Promise<void>;
  remove(): Promise<void>;
}

/** Keeps it as long as the program runs. */
export function memoryStore(): TokenStore {
  let kept: string | undefined;
  return {
    load: async () => kept,
    save: async (text) => {
      kept = text;
    },
    remove: async () => {
      kept = undefined;
    },
  };
}
