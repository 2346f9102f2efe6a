// These answers are lists of tokens that come in and go out.
import { listOf, moment, object, oneOf, optional, orNull, text, type ValueOf } from '../schemas.ts';
import { kind, problem, state } from './parts.ts';

export const importedToken = object({
  where: text('the place in the text: `line 3`'),
  name: text(),
  outcome: oneOf(
    ['new', 'replaces', 'unchanged', 'refused'],
    '`new` and `replaces` are kept, in a dry run they would be; `unchanged` is kept already',
  ),
  id: optional(text('the connection that holds it; absent for a new one in a dry run, and for what is refused')),
  kind: optional(kind),
  state: optional(state),
  until: optional(moment('the time from which it is of no use; absent for never, and where it is not known')),
  issuedAt: optional(moment('when it was made, where the server says so: it may be weeks ago')),
  appId: optional(text()),
  subject: optional(object({ type: text(), id: orNull(text()), name: orNull(text()) }, 'whom or what it speaks for')),
  role: optional(text('ADMIN or EMPLOYEE, of a system user')),
  problem: optional(problem),
  notes: listOf(text(), 'it is kept, and this should be known of it'),
});
export type ImportedToken = ValueOf<typeof importedToken>;

export const exportedToken = object({
  id: text(),
  name: text(),
  kind: optional(kind),
  state,
  appId: text(),
  subject: object({ type: orNull(text()), id: orNull(text()), name: orNull(text()) }, 'whom or what it speaks for'),
  token: optional(text('absent where there is none that works')),
  until: optional(moment('the time from which it is of no use; absent for never, and where it is not known')),
  ownerName: optional(text()),
  ownerEmail: optional(text()),
  language: optional(text()),
  wantedScopes: listOf(text()),
  adoptedFrom: listOf(text(), 'rows of other products that it was taken over from'),
});
export type ExportedToken = ValueOf<typeof exportedToken>;
