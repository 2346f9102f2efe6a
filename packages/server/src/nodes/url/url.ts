// An address of the web as an object: `/?id=https://…`. Nothing is stored of it. Sources: "URL" of the Graph API
// reference; "Updating objects" of the sharing guide; restfb/restfb#265, #716, #898 and jaredatch/Shared-Counts#117.
import { graphError, token } from '@hallpass/protocol';
import { param } from '../../graph/language/params.ts';
import { leftOut, refusedFrom } from '../../graph/language/retired-fields.ts';
import { edge, fieldsOf, node } from '../../graph/language/schema.ts';
import { isoMoment } from '../shared/moment.ts';
import { withoutValue } from '../shared/without-value.ts';
import { scrape } from './scrape.ts';

interface WebAddress {
  id: string;
}

const field = fieldsOf<WebAddress>();
const LONGEST = 2000;
/** So often one app may have the same address read. The reference says it of reading: "10 … per URL, per app, per hour". */
const RATE = { calls: 10, seconds: 3600 } as const;

export const url = node<WebAddress>({
  name: 'url',
  type: 'URL',
  doc: 'An address of the web, named by the parameter `id` or `ids` at the root. Nothing is kept of it.',
  ids: 'web addresses',
  needs: token('user', 'page', 'system_user', 'app', 'client', 'session_info'),
  target: () => ({ self: false, ownApp: false }),
  find: async (_context, id) => (id.length <= LONGEST ? { id } : undefined),
  fields: [
    {
      id: field.text('The address itself.', { show: 'always', from: (row) => row.id }),
      engagement: field.object(
        'object',
        'How often people reacted to it, commented it and shared it. Nobody does that here, so there is nothing to count.',
        { from: () => ({ reaction_count: 0, comment_count: 0, share_count: 0, comment_plugin_count: 0 }) },
      ),
    },
    withoutValue<WebAddress>(['app_links', 'og_object', 'ownership_permissions', 'scopes'], 'Nothing of this is kept.'),
  ],
  // Counters of shares print the refusal of 2020: "(#12) share field is deprecated for versions v2.9 and higher".
  retired: { ...leftOut(['shares', 'comments']), ...refusedFrom('v2.9', ['share']) },
  edges: [
    edge('POST', '', {
      doc: 'Reads the page again and answers what it says of itself. The page is fetched by the rules of `callbackReceivers`: an address that may not be called is refused, and the emulator, which calls this machine alone, reads addresses of servers of the app and answers others without reading them.',
      needs: token('user', 'page', 'system_user', 'app'),
      params: {
        scrape: param.bool('Must be true: there is nothing else to do with an address.', { required: true }),
      },
      rate: RATE,
      refuses: ['link.unreadable', 'param.must_be'],
      async run({ installation, viewer, now }, row: WebAddress, { scrape: wanted }) {
        if (!wanted) throw graphError('param.must_be', { name: 'scrape', what: 'true' });
        const said = await scrape(installation, viewer.app, row.id);
        const known = { url: row.id, type: 'website', title: row.id };
        return { ...known, ...said, updated_time: isoMoment(now), id: row.id };
      },
    }),
  ],
});
