// The one mail server of an emulator is opened when somebody wants it: its mails come to the world that a client names by
// its log-in, or to the main one.
import type { Worlds } from '../worlds/worlds.ts';
import { type MailServerAddress, openMailServer, type OpenMailServer } from './mail-server.ts';

export interface MailServerOfWorlds {
  /** Undefined while it is closed. */
  readonly address: MailServerAddress | undefined;
  /** Opens it, where it is closed. @param port 0 takes a free one; @throws the error of the socket where the port cannot be had */
  open(port: number): Promise<MailServerAddress>;
  close(): Promise<void>;
}

export function mailServerOf(host: string, worlds: Worlds): MailServerOfWorlds {
  let opening: Promise<OpenMailServer> | undefined;
  let opened: OpenMailServer | undefined;
  const inboxOf = (user: string | undefined) => (worlds.list().find(({ name }) => name === user) ?? worlds.main).inbox;
  return {
    get address() {
      return opened;
    },
    async open(port) {
      opening ??= openMailServer({ host, port }, inboxOf);
      try {
        opened = await opening;
      } catch (error) {
        opening = undefined;
        throw error;
      }
      return opened;
    },
    async close() {
      await (await opening?.catch(() => undefined))?.close();
    },
  };
}
