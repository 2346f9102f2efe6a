// A subscription to webhooks is this, as the Graph lists it.

export interface Subscription {
  object: 'permissions' | 'user' | 'page';
  callback_url: string;
  fields: readonly { name: string; version: string }[];
  include_values?: boolean;
}
