// These things may be set for a vault when it is opened; each has a value that holds where nothing is set.

export interface VaultSettings {
  /** The address at which people reach the pages of this vault, such as `https://vault.example.com`; '' for none. */
  publicUrl: string;
  /** Seconds for which a trip through the dialog may take. */
  loginLife: number;
  /** Seconds for which a link to reconnect is good. */
  linkLife: number;
}

export const defaultSettings: VaultSettings = { publicUrl: '', loginLife: 3600, linkLife: 14 * 86_400 };
