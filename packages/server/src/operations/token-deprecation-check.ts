// This operation answers GET token_deprecation_check. The access-token guide names it (an app can learn whether any of
// its user tokens stopped working, so that these people log in again) and says nothing of its form: the form is ours.
// Tokens are not stored, so the answer names the people whose last log-in was under a token key that has been
// withdrawn.
import { lifetimes, tokenOr } from '@hallpass/protocol';
import { cursorsOf, pageRequest, pagingLinks, partOf } from '../graph/rendering/cursors.ts';
import { operation } from '../graph/language/schema.ts';
import { addressesFor } from '../hosts.ts';
import { endedUnder } from '../liveness/keys/ended-keys.ts';
import * as grants from '../store/grants/grants.ts';
import * as signingKeys from '../store/installation/signing-keys.ts';

export const tokenDeprecationCheck = operation('GET', 'token_deprecation_check', {
  doc: 'The people of the app whose tokens stopped working with the way they were made, and who must log in again.',
  needs: tokenOr('token.app_token_needed', 'app'),
  source: 'ours',
  async run({ call, installation, q, viewer }) {
    const spans = endedUnder(await signingKeys.list(q));
    if (spans.length === 0) return { data: [] };
    const cursors = cursorsOf(installation.keys.opaque, 'token_deprecation_check');
    const page = pageRequest(call.params, cursors);
    const read = await grants.dataAccessEndsIn(q, viewer.app.id, spans, page);
    const rows = read.map((row) => ({ id: row.scopedId, issuedAt: row.dataAccessUntil - lifetimes.dataAccess }));
    const part = { ...partOf(rows, (row) => row.id, page, rows.length), position: undefined };
    const paging = pagingLinks(
      call,
      addressesFor(call.base, installation.settings).graph,
      'token_deprecation_check',
      {},
      cursors,
      part,
      page,
    );
    return {
      data: part.rows.map((row) => ({ user_id: row.id, issued_at: row.issuedAt, reason: 'token_key_withdrawn' })),
      ...(paging.cursors ? { paging } : {}),
    };
  },
});
