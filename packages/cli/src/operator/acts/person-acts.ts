// Making an account for somebody, and listing the accounts.
import { shape } from '@hallpass/protocol';
import { createPersonFor, emailOf, listPeople, nameOf, personActs } from '@hallpass/server/operator';
import { CommandError } from '../../command-error.ts';
import { table } from '../../printing/print.ts';
import { personMeant, platformAct } from '../platform-act.ts';

/** One answer lists so many accounts; the next begins behind the last. */
const ACCOUNTS_AT_ONCE = 100;

export const personOwnActs = {
  'person.list': platformAct({
    input: shape.object<{ after?: string }>({ after: shape.optional(shape.text) }),
    async run({ installation }, { after }) {
      const behind = after === undefined ? undefined : (await personMeant(installation, after)).id;
      const found = await listPeople(installation, { after: behind, limit: ACCOUNTS_AT_ONCE + 1 });
      const shown = found.slice(0, ACCOUNTS_AT_ONCE);
      const last = found.length > shown.length ? shown.at(-1)?.id : undefined;
      const rows = shown.map(({ id, name, email, state, administrator, reviewer }) => [
        id,
        email ?? '',
        state,
        [...(administrator ? ['administrator'] : []), ...(reviewer ? ['reviewer'] : [])].join(', '),
        name,
      ]);
      const people = shown.map(({ id, name, email, state, administrator, reviewer, createdAt }) => ({
        id,
        name,
        email,
        state,
        administrator,
        reviewer,
        created_at: createdAt,
      }));
      const more = last === undefined ? '' : `\nThere are more: hallpass person list --after ${last}`;
      return {
        json: { people, next: last ?? null },
        text:
          rows.length === 0
            ? after === undefined
              ? 'Nobody has an account.'
              : 'There are no more accounts.'
            : table(rows, ['id', 'e-mail', 'state', 'may', 'name']) + more,
      };
    },
  }),
  'person.create': platformAct({
    input: shape.object<{ name: string; email: string }>({ name: shape.text, email: shape.text }),
    async run({ installation, by, url = '' }, input) {
      const { name } = nameOf(input.name);
      const email = emailOf(input.email);
      if (name === undefined)
        throw new CommandError(
          'wrongUse',
          'The name must have 1 to 200 characters, and no control or direction characters.',
        );
      if (email === undefined) throw new CommandError('wrongUse', 'Write an e-mail address, such as ben@example.com.');
      const person = await createPersonFor(installation, { name, email }, by);
      if (!person)
        throw new CommandError(
          'failed',
          `Someone has an account with ${email} already. \`hallpass person reset-password ${email}\` makes a link to choose a new password.`,
        );
      const made = await personActs['reset-password'].run(installation, person.id, by);
      const link = made.startsWith('/') ? url + made : made;
      return {
        json: { id: person.id, name, link },
        text: `Made an account for ${name}. Send them this link to choose a password; it works once, for 30 minutes, and \`hallpass person reset-password\` makes a new one:\n${link.startsWith('/') ? '(the address of your platform)' : ''}${link}`,
      };
    },
  }),
};
