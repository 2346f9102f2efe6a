// Calls that do what an operator of the platform does, see `hallpass person` and `hallpass app`, and use up limits.
import type { Installation } from '@hallpass/server';
import { appActs, appNamed, type OperatorAct, personActs, personNamed } from '@hallpass/server/operator';
import { AdAccountId, PageId } from '@hallpass/server/testing';
import { controlCall, ControlError, listOf, number, object, oneOf, required, text } from './control-call.ts';

/** Usage beyond all of it looks like an app that went on calling. */
const MOST_PERCENT = 1000;

function operatorCall<Id extends string>(
  path: string,
  doc: string,
  whoDoc: string,
  acts: Readonly<Record<string, OperatorAct<Id>>>,
  find: (installation: Installation, named: string) => Promise<{ id: Id } | undefined>,
) {
  return controlCall('POST', path, {
    doc,
    params: { who: text(whoDoc), act: required(oneOf('The act.', Object.keys(acts))) },
    answer: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        done: { type: 'boolean', description: 'false if there was nothing to do.' },
        secret: { type: 'string', description: 'The new secret, if one was created.' },
        link: { type: 'string', description: 'The link, if one was created.' },
      },
      required: ['id', 'done'],
    },
    async run({ world: { server } }, { who, act }) {
      const target = who === undefined ? undefined : await find(server.installation, who);
      if (!target) throw new ControlError(404, 'who: there is nobody and nothing with that name here');
      const { run, gives = 'secret' } = acts[act] ?? {};
      const result = await run?.(server.installation, target.id, { kind: 'operator' });
      return { id: target.id, done: result !== false, ...(typeof result === 'string' ? { [gives]: result } : {}) };
    },
  });
}

export const operatorCalls = [
  operatorCall(
    'person',
    'Does what `hallpass person` does.',
    'The id or e-mail address of a person.',
    personActs,
    personNamed,
  ),
  operatorCall('app', 'Does what `hallpass app` does.', 'The id of an app.', appActs, appNamed),
  controlCall('POST', 'usage', {
    doc: "Acts as if a percentage of a limit of the app were used up. With `page`, `account` or `person`, it is the app's limit for that one.",
    params: {
      app: text('The id of an app.'),
      percent: required(number('The percentage used.', { minimum: 0, maximum: MOST_PERCENT })),
      page: text('The id of a Page.'),
      account: text('The id of an ad account, with or without act_.'),
      person: text('The id or e-mail address of a person.'),
    },
    answer: object({ app: { type: 'string' }, limits: listOf({ type: 'string' }), percent: { type: 'number' } }),
    async run({ world: { server } }, { app: id, percent, page, account, person }) {
      const { usage, db } = server.installation;
      const app = id === undefined ? undefined : await appNamed(server.installation, id);
      if (!app) throw new ControlError(404, 'app: there is no such app here');
      const behind = person === undefined ? undefined : await personNamed(server.installation, person);
      if (person !== undefined && !behind) throw new ControlError(404, 'person: there is nobody with that name here');
      const pages = db.read.selectFrom('pages').select('id');
      const pageId = page === undefined ? undefined : (PageId.parse(page) ?? PageId.none);
      if (pageId !== undefined && !(await pages.where('id', '=', pageId).executeTakeFirst()))
        throw new ControlError(404, 'page: there is no such Page here');
      const limits = await usage.pretend(
        app,
        {
          ...(pageId === undefined ? {} : { page: pageId }),
          ...(account === undefined
            ? {}
            : { account: AdAccountId.parse(account.replace(/^act_/, '')) ?? AdAccountId.none }),
          ...(behind === undefined ? {} : { person: behind.id }),
        },
        percent,
      );
      return { app: app.id, limits, percent };
    },
  }),
];
