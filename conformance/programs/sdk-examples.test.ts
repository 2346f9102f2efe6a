// Examples that the authors of facebook-nodejs-business-sdk wrote meet what they would meet at Meta, in both ways of
// `hallpass exec`: an account is read, and a post to a Page with a user token is refused in the documented words. The
// program itself ends with 0 in both cases, so the summary is what tells.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exec, ways } from './exec.ts';

process.env['APP_SECRET'] = 'c2a9047fd58e4b13967df0a1e83b56c4';
process.env['PAGE_ID'] = '107295540318826';
const program = [process.execPath, '--conditions=source', 'conformance/programs/sdk-examples.ts'];
const examples = ['ad_account_node', 'ad_account_campaigns_edge', 'page_feed_post'];

describe('examples of a public SDK, as their authors wrote them', () => {
  for (const { name, options, skip } of ways)
    it(`meet what they would meet at Meta (${name})`, { skip }, async () => {
      const { code, out, summary } = await exec(options, [...program, ...examples]);
      assert.equal(code, 0, out);
      const failures = Object.fromEntries(
        (summary.endpoints as { path: string; failed: number }[]).map(({ path, failed }) => [path, failed]),
      );
      assert.equal(failures['/act_{id}'], 0, out);
      assert.equal(failures['/act_{id}/campaigns'], 0, out);
      assert.equal(failures['/{id}/feed'], 1, out);
      const [refusal, ...others] = summary.errors as { code: number; message: string }[];
      assert.deepEqual([refusal?.code, others], [200, []]);
      assert.match(refusal?.message ?? '', /pages_manage_posts/);
    });
});
