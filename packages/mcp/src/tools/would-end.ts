// The tool that tells what an act would end before somebody does it.
import { invalidations, keysOf, refusingStates } from '@hallpass/protocol';
import { z } from 'zod';
import { connectionView } from '../connection-view.ts';
import { connectionId, type Tool, tool } from '../tool.ts';

const acts = [...keysOf(invalidations), ...keysOf(refusingStates)] as const;

export const wouldEnd: Tool = tool({
  name: 'would_end',
  title: 'What an act would end',
  description:
    'Tells which connections would stop if this happened: the person behind a connection changes the password or removes the app, the app’s secret is reset, the Page role is lost. `ends` is certain; `mayEnd` is possible, with the reason why it is not known. Nothing is done.',
  fields: {
    id: connectionId.describe('a connection of the person, app or Page that the act is about'),
    act: z.enum(acts).default('password_changed').describe('what happens'),
  },
  async answer({ client }, input) {
    const { act, ends, mayEnd, complete } = await client.wouldEnd(input);
    return {
      act,
      ends: ends.map(connectionView),
      mayEnd: mayEnd.map(({ connection, because }) => ({ connection: connectionView(connection), because })),
      complete,
    };
  },
});
