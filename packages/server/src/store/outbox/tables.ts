// The table of what apps are told, until it is sent.
import type { QueueColumns } from '@hallpass/db';
import type { AppId, PersonId } from '../ids.ts';

/** Apps can subscribe to these objects. */
export type NoticeKind = 'page' | 'permissions' | 'user';

export type MailKind = 'alert_mail' | 'account_mail';

export interface OutboxTable extends QueueColumns {
  app_id: AppId;
  /** Signed calls, notices about an object, or a mail: to somebody who runs the app, or to a person about their account. */
  kind: 'deauthorize' | 'data_deletion' | MailKind | NoticeKind;
  /** The person who is shown what became of it, or whom a mail goes to. */
  person_id: PersonId | null;
  /** JSON: what is told. It holds no token and no secret. */
  payload: string;
  state: 'waiting' | 'sent' | 'failed';
  /** JSON: what the app answered to a request to delete data. */
  answer: string | null;
}

export interface OutboxTables {
  outbox: OutboxTable;
}
