// This table lists what may speak against a token that somebody brings: each is refused at the door, with the reason.

export const importProblems = {
  unreadable_row: '{what}',
  no_token: 'It has no token. Nothing is kept for it, and nothing is taken from what is kept.',
  page_without_token:
    'The Page came without a token: the person who listed it lacks a task on it, or the permission for it.',
  not_a_token: 'It is not a token: it contains spaces or characters that no token has, or is too long.',
  masked: 'It is not complete: it has dots or stars in it, as tokens have that are shown masked.',
  app_secret: 'It looks like the secret of an app. Set that with the app: it is no token.',
  doubled: 'The same token stands in {where}.',
  same_subject: 'A token of the same {subject} for the same app stands in {where}.',
  unknown_kind: 'It names a kind that does not exist: write {kinds}.',
  unknown_app: 'It names the app {app}, which is not known here: add the app first.',
  no_app: 'No app is known for it: add its app, or name it in a column app_id.',
  another_app: 'It belongs to the app {app}, and not to {named}.',
  of_unknown_app: 'It belongs to none of the apps that are known here.',
  unknown_to_server: 'The server does not know it: it was cut or changed on its way, or never was a token. {reason}',
  dead: 'It is dead already. {reason}',
  another_kind: 'It is a {found}, where a {wanted} belongs.',
  person_for_page:
    'It is a token of a person, where a Page token belongs: read the token of the Page with it, or find the Pages of the person here.',
  ends: 'It should never expire, but it ends on {day}: make one that never ends, or bring it as {kind}.',
  another_role: 'It is of a system user with the role {found}, where {wanted} belongs.',
  another_subject: 'The connection {id} is of somebody else: to replace its token, hand it over.',
  server_away: 'The server could not be asked about it: {reason} Nothing was kept.',
  changed_meanwhile: 'The connection {id} got another token at the same time: look at it again.',
} as const;

export type ImportProblemKey = keyof typeof importProblems;

export interface ImportProblem {
  key: ImportProblemKey;
  /** One sentence, never with a token in it. */
  words: string;
}

export const problem = (
  key: ImportProblemKey,
  facts: Readonly<Record<string, string | number>> = {},
): ImportProblem => ({
  key,
  words: importProblems[key].replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? '')).trim(),
});
