// These things may be set for a vault when it is opened; each has a value that holds where nothing is set.
import type { OutboundRequest } from '@hallpass/world';

export interface VaultSettings {
  /** The name that stands on pages and mails. */
  name: string;
  /** The address at which people reach the pages of this vault, such as `https://vault.example.com`; '' for none. */
  publicUrl: string;
  /** Seconds for which a trip through the dialog may take. */
  loginLife: number;
  /** Seconds for which a link to reconnect is good. */
  linkLife: number;
  /** Addresses that webhooks may have: https on the open network, this machine, or any. */
  webhookReceivers: OutboundRequest['reach'];
}

export const defaultSettings: VaultSettings = {
  name: 'Hallpass',
  publicUrl: '',
  loginLife: 3600,
  linkLife: 14 * 86_400,
  webhookReceivers: 'public',
};
