// `person.act` and `app.act` carry out one row of the server's tables of what an operator does to an account or an app.
import { shape } from '@hallpass/protocol';
import type { Installation } from '@hallpass/server';
import { appActs, missingForLive, type OperatorAct, personActs } from '@hallpass/server/operator';
import { CommandError } from '../../command-error.ts';
import { appMeant, otherVersion, personMeant, platformAct, type PlatformAct } from '../platform-act.ts';

interface Table<Target extends { id: string; name: string }> {
  acts: Readonly<Record<string, OperatorAct<Target['id']>>>;
  /** @throws CommandError where there is none of this name */
  find(installation: Installation, named: string): Promise<Target>;
  /** @throws CommandError where something has to be done first */
  demand?(act: string, target: Target): void;
}

const actsOn = <Target extends { id: string; name: string }>({
  acts,
  find,
  demand,
}: Table<Target>): PlatformAct<{ act: string; named: string }> =>
  platformAct({
    input: shape.object<{ act: string; named: string }>({ act: shape.keyOf(acts), named: shape.text }),
    async run({ installation, by, url = '' }, { act, named }) {
      const { gives = 'secret', done, idle, run } = acts[act] ?? {};
      if (!run || !done) throw otherVersion();
      const target = await find(installation, named);
      demand?.(act, target);
      const returned = await run(installation, target.id, by);
      // A link without a host is one of an installation that no setting tells how people reach it.
      const result = typeof returned === 'string' && returned.startsWith('/') ? url + returned : returned;
      const given = typeof result === 'string' ? { [gives]: result } : {};
      const text =
        result === false
          ? (idle?.(target.name) ?? `There was nothing to do for ${target.name}.`)
          : typeof result === 'string'
            ? shownOnce(gives, result)
            : done(target.name);
      return { json: { id: target.id, done: result !== false, ...given }, text };
    },
  });

const shownOnce = (gives: 'secret' | 'link', given: string): string =>
  gives === 'secret'
    ? `The new secret, shown only once: ${given}`
    : `Send this link to the person; it works once, for 30 minutes:\n${given.startsWith('/') ? `(the address of your platform)${given}` : given}`;

/** Values to show in the commands that set what is missing. */
const samples = { privacy_policy_url: 'https://…', contact_email: '…@…' } as const;

export const tableActs = {
  'person.act': actsOn({ acts: personActs, find: personMeant }),
  'app.act': actsOn({
    acts: appActs,
    find: appMeant,
    demand(act, app) {
      const missing = act === 'live' && app.mode !== 'live' ? missingForLive(app) : [];
      if (missing.length === 0) return;
      const lines = missing.map(({ name, what }) => `  ${what}: hallpass app set ${app.id} ${name}=${samples[name]}`);
      throw new CommandError('failed', [`${app.name} can't go live yet. It needs`, ...lines].join('\n'));
    },
  }),
};
