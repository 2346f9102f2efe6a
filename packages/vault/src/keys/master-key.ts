// The master key wraps the keys of the vault and nothing else. It is never stored here: it comes from a file, the
// environment, a passphrase, or a service that wraps and unwraps without ever giving it.

/** Wraps short secrets with a master key. Both reject with `MasterKeyUnavailable`. */
export interface MasterKeySource {
  /** The source in words, for the operator; it holds nothing of the key. */
  readonly label: string;
  wrap(plain: Uint8Array): Promise<string>;
  unwrap(wrapped: string): Promise<Uint8Array>;
}

/** The master key is missing, wrong, or its service is away. The message is one sentence for the operator. */
export class MasterKeyUnavailable extends Error {
  override readonly name = 'MasterKeyUnavailable';
}
