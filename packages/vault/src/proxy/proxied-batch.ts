// A batch through the proxy: every item is read, judged and written anew like a call of its own. What takes its address
// from another answer can't be judged before that answer is there, and is refused.
import { graphError, type Version } from '@hallpass/protocol';
import { type Item, type ParamValue, readBatch, references } from '@hallpass/protocol/request';
import { type ProxiedCall, readCall, unjudged } from './proxied-call.ts';
import { formOf, pathOf } from './write-call.ts';

export interface ProxiedItem {
  call: ProxiedCall;
  item: Item;
}

/** The batch of a call; undefined where it is none. */
export const batchOf = ({ method, segments, params }: ProxiedCall): ParamValue | undefined =>
  method === 'POST' && segments.length === 0 ? params['batch'] : undefined;

/** @throws GraphError for a batch that can't be read or judged */
export function readItems(batch: ParamValue, version: Version | undefined): ProxiedItem[] {
  return readBatch(batch).map((item, index) => {
    const { method, url, body, headers } = item;
    if (item.refusedKey !== undefined) throw graphError('batch.item', { index: String(index), key: item.refusedKey });
    if (references(url).length > 0 || references(body).length > 0)
      throw unjudged(`item ${index}, which takes values from another answer`);
    if (item.files.length > 0) throw unjudged('a file');
    const at = url.indexOf('?');
    const path = at < 0 ? url : url.slice(0, at);
    const asked = {
      // `put` means what it means as `method=put`.
      method: method === 'PUT' ? 'POST' : method,
      path: `/${path}`.replace(/[^!-~]/gu, encodeURIComponent),
      query: at < 0 ? '' : url.slice(at + 1).replace(/[^!-~]/gu, encodeURIComponent),
      headers,
      body: new TextEncoder().encode(body),
    };
    const call = readCall(asked, true);
    if (batchOf(call) !== undefined) throw unjudged('a batch within a batch');
    // A value that was written twice over would become a reference when it is read the next time.
    if (references(JSON.stringify(call.params)).length > 0)
      throw unjudged(`item ${index}, which takes values from another answer`);
    return { item, call: { ...call, version: call.version ?? version } };
  });
}

/** The items as they go on: nothing in them says who asks. */
export function writeItems(items: readonly ProxiedItem[]): string {
  return JSON.stringify(items.map(({ item, call }) => writtenItem(item, call)));
}

function writtenItem({ name, needs, omitOnSuccess }: Item, { method, version, segments, params }: ProxiedCall) {
  const path = pathOf(version, segments);
  const text = formOf(params).toString();
  const inBody = method === 'POST';
  return {
    method,
    relative_url: inBody || text === '' ? path : `${path}?${text}`,
    ...(inBody && text !== '' && { body: text }),
    ...(name !== undefined && { name }),
    ...(needs.size > 0 && { depends_on: [...needs].join(',') }),
    ...(omitOnSuccess !== undefined && { omit_response_on_success: omitOnSuccess }),
  };
}
