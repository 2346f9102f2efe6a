// This table lists what may speak against a token that somebody brings: each is refused at the door, with the reason.

export const importProblems = {
  unreadable_row: '{what}',
  no_token: 'It has no token. Nothing was stored for it, and nothing stored was changed.',
  page_without_token:
    'The Page came without a token: the person who listed it lacks a task on it, or the permission for it.',
  not_a_token: "It isn't a token: it contains spaces or characters that no token has, or is too long.",
  masked: "It isn't complete: it has dots or stars in it, like a masked token.",
  app_secret: 'It looks like an app secret, not a token. Set it together with the app.',
  doubled: 'The same token is in {where}.',
  same_subject: 'A token of the same {subject} for the same app is in {where}.',
  unknown_kind: "Its kind doesn't exist: write {kinds}.",
  unknown_app: "The app {app} isn't known here: add it first.",
  no_app: 'No app is known for it: add its app, or name it in a column app_id.',
  another_app: 'It belongs to the app {app}, not to {named}.',
  of_unknown_app: "It doesn't belong to any app that is known here.",
  unknown_to_server: "The server doesn't know it: it was cut off or changed, or never was a token. {reason}",
  dead: 'It no longer works. {reason}',
  another_kind: 'It is a {found}, but a {wanted} is expected.',
  person_for_page:
    'It is a token of a person, but a Page token is expected. Get the token of the Page with it, or find the Pages of the person here.',
  another_page: 'It is a token of the Page {found}, but it is listed for the Page {wanted}.',
  ends: 'It should never expire, but it expires on {day}. Create one that never expires, or import it as {kind}.',
  page_ends:
    'It expires on {day}, because it was obtained with a short-lived token of a person. Find the Pages of that person here to get one that never expires.',
  another_role: 'It belongs to a system user with the role {found}, but {wanted} is expected.',
  another_subject: 'The connection {id} belongs to someone else. To replace its token, hand it over.',
  server_away: "The server couldn't be asked about it: {reason} Nothing was stored.",
  changed_meanwhile: 'The connection {id} got another token at the same time. Check it again.',
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
