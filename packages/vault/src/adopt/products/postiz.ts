// Postiz: its table of channels. A channel of a Page holds the token of the Page in `token` and that of the person in
// `refreshToken`; one of Instagram by way of Facebook holds both in `token`, joined by `___`. The facts stand in
// gitroomhq/postiz-app: the model Integration, and the providers of Facebook and Instagram.
import type { OldRow, OldToken, Product } from '../product.ts';
import { isYes, momentOf, momentText, textOf } from '../values.ts';

const JOINED_BY = '___';
/** The last part of the path of the second of two joined tokens. */
const PERSON_IN_TOKEN = 'token of the person';

/** The kind of token that a channel should hold, by its provider. */
const providers: Readonly<Record<string, 'page_long' | 'instagram_long' | 'threads_long'>> = {
  facebook: 'page_long',
  instagram: 'page_long',
  'instagram-standalone': 'instagram_long',
  threads: 'threads_long',
};

export const postiz: Product = {
  label: 'Postiz',
  source: 'gitroomhq/postiz-app: schema.prisma, libraries/nestjs-libraries/src/integrations (2025 to 2026)',
  keys: [],
  tables: { Integration: { columns: ['internalId', 'providerIdentifier', 'token'] } },
  renewal: "Postiz doesn't renew it.",
  read({ table, values }) {
    const provider = textOf(values, 'providerIdentifier') ?? '';
    const kind = providers[provider];
    const at = (column: string): string[] => [table, textOf(values, 'id') ?? '', column];
    const path = at('token');
    if (kind === undefined) return [{ path, leftOut: 'another service' }];
    if (textOf(values, 'deletedAt') !== undefined || values['deletedAt'] instanceof Date)
      return [{ path, leftOut: 'deleted in Postiz' }];
    const [token, ofPerson] = joinedIn(values);
    const name = textOf(values, 'name');
    const end = momentOf(values, 'tokenExpiration') ?? null;
    const found: OldToken = { path, name, token, kind, believedEnd: end };
    if (kind !== 'page_long') return [found];
    // Until a Page was chosen, the channel holds the token of the person.
    if (isYes(values['inBetweenSteps']))
      return [{ ...found, kind: 'user_long', notes: ['No Page was chosen in Postiz yet.'] }];
    const pageId = provider === 'facebook' ? textOf(values, 'internalId') : undefined;
    // The end that is noted is that of the token of the person.
    const page: OldToken = { ...found, pageId, believedEnd: undefined };
    const persons = ofPerson ?? textOf(values, 'refreshToken');
    if (persons === undefined || persons === '') return [page];
    return [
      page,
      {
        path: at(ofPerson === undefined ? 'refreshToken' : PERSON_IN_TOKEN),
        token: persons,
        kind: 'user_long',
        believedEnd: end,
      },
    ];
  },
  put({ values }, tokens) {
    const [before, personBefore] = joinedIn(values);
    const [own, inToken, refresh] = ['token', PERSON_IN_TOKEN, 'refreshToken'].map((part) => tokens.get(part));
    const columns: Record<string, string | null> = {};
    const token = own?.token ?? before;
    const person = inToken?.token ?? personBefore;
    if (own ?? inToken) columns['token'] = person === undefined ? token : `${token}${JOINED_BY}${person}`;
    if (refresh) columns['refreshToken'] = refresh.token;
    const ending = refresh ?? inToken ?? own;
    if (ending) columns['tokenExpiration'] = momentText(ending.until);
    return columns;
  },
};

/** The token of a channel, and that of its person where both are joined. */
function joinedIn(values: OldRow['values']): [token: string, ofPerson: string | undefined] {
  const [token = '', ofPerson] = (textOf(values, 'token') ?? '').split(JOINED_BY);
  return [token, ofPerson];
}
