// A vault is found by these options.
import type { MailServerOptions } from '../surroundings/mail-server.ts';
import type { LookOptions } from './mail-texts.ts';

export interface VaultPlace extends LookOptions, MailServerOptions {
  data: string;
  tenant: string;
  keyFile?: string;
  transit?: string;
  databaseUrlFile?: string;
  publicUrl: string;
  name: string;
  webhookReceivers: 'public' | 'local' | 'any';
}
