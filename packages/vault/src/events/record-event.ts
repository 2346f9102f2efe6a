// This is the one door for what happened to a connection: it is written in the very change that it tells of, so whoever
// is told of it is told of something that is durable.
import type { WriteTransaction } from '@hallpass/db';
import { parseJson, redact, shape } from '@hallpass/protocol';
import type { EventKind } from '../event-kinds.ts';
import { insertEvent } from '../store/events.ts';
import type { VaultSchema } from '../store/schema.ts';

/** No name, no address and no secret: ids, codes, states, dates. */
export type EventFacts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

interface NewEvent {
  tenant: string;
  /** Null for what is about no single connection. */
  connectionId: string | null;
  kind: EventKind;
  /** Epoch seconds of the protocol's clock. */
  at: number;
  facts?: EventFacts;
}

/** Writes an event. Texts that a server sent are cleared of anything that looks like a credential. */
export async function recordEvent({ tx }: Pick<WriteTransaction<VaultSchema>, 'tx'>, event: NewEvent): Promise<void> {
  const facts = Object.fromEntries(
    Object.entries(event.facts ?? {}).map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value]),
  );
  await insertEvent(tx, {
    tenant: event.tenant,
    connection_id: event.connectionId,
    kind: event.kind,
    at: event.at,
    facts: JSON.stringify(facts),
  });
}

const aboutApp = shape.object<{ app_id: string }>({ app_id: shape.text });

/** The app that an event without a connection is about; '' for none. @param facts as they are stored */
export const appOfEvent = (facts: string): string => parseJson(aboutApp, facts)?.app_id ?? '';
