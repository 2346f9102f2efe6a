// These answers are about webhooks, and about the deliveries to them and by mail.
import { listOf, moment, object, oneOf, optional, text, type ValueOf, whole } from '../schemas.ts';
import { eventKind } from './parts.ts';

const webhookParts = {
  id: text(),
  url: text(),
  events: optional(listOf(eventKind, 'absent for all')),
  createdAt: moment(),
};

export const webhook = object(webhookParts);
export type WebhookAnswer = ValueOf<typeof webhook>;

export const newWebhook = object({
  ...webhookParts,
  secret: text('checks the signatures of its calls; shown only once'),
});

const deliveryAttempt = object({
  at: moment(),
  ms: whole('milliseconds'),
  status: optional(whole('reply code of the mail server, or status over HTTP')),
  error: optional(text('the reason why it does not count as delivered')),
});
export type DeliveryAttempt = ValueOf<typeof deliveryAttempt>;

export const delivery = object({
  id: text(),
  channel: oneOf(['mail', 'webhook']),
  to: text('the address of the mail, or the id of the webhook'),
  event: eventKind,
  connectionId: optional(text()),
  connectionName: optional(text('absent where the connection is gone')),
  state: oneOf(['waiting', 'sent', 'failed', 'dropped']),
  createdAt: moment(),
  dueAt: moment(),
  endedAt: optional(moment()),
  tries: listOf(deliveryAttempt),
});
export type DeliveryAnswer = ValueOf<typeof delivery>;
