// These answers are about the keys that values are sealed with, and the keys of the service. None of them holds a key.
import { keysOf } from '@hallpass/protocol';
import { rights } from '../rights.ts';
import { flag, listOf, moment, object, oneOf, optional, text, type ValueOf, whole } from '../schemas.ts';

export const rotation = object({
  activeKey: text('the id of the key that seals now'),
  left: whole('values that are sealed with an older key; in a dry run, those that would be sealed again'),
  resealed: whole(),
  unreadable: whole('values that no key opens: they were damaged or moved before, and are left as they are'),
  deleted: listOf(text(), 'keys that are gone for good'),
});
export type RotationResult = ValueOf<typeof rotation>;

export const sealingKey = object({
  id: text(),
  status: oneOf(['active', 'retiring'], '`active` seals; `retiring` only opens what it sealed'),
  createdAt: moment(),
  values: whole('values that are sealed with it'),
});
export type SealingKey = ValueOf<typeof sealingKey>;

export const withdrawnKey = object({
  activeKey: text('the id of the key that seals now'),
  resealed: whole(),
  left: whole('values that are still sealed with it; in a dry run, those that would be sealed again'),
  withdrawn: flag('false where it was stopped, or something that it sealed does not open: then the key stays'),
});
export type WithdrawnKey = ValueOf<typeof withdrawnKey>;

export const apiKey = object({
  id: text(),
  name: text('the purpose of the key'),
  rights: listOf(oneOf(keysOf(rights))),
  createdAt: moment(),
  usedAt: optional(moment('the last use, to the hour; absent for none')),
});
export type ApiKeyAnswer = ValueOf<typeof apiKey>;
