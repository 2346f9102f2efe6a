// Making an account for somebody.
import { shape } from '@hallpass/protocol';
import { createPersonFor, emailOf, nameOf, personActs } from '@hallpass/server/operator';
import { CommandError } from '../../exit.ts';
import { platformAct } from '../platform-act.ts';

export const personOwnActs = {
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
      if (!person) throw new CommandError('failed', 'Someone has an account with this address already.');
      const made = await personActs['reset-password'].run(installation, person.id, by);
      const link = made.startsWith('/') ? url + made : made;
      return {
        json: { id: person.id, name, link },
        text: `Made an account for ${name}. Send them this link to choose a password; it works once, for 30 minutes, and \`hallpass person reset-password\` makes a new one:\n${link.startsWith('/') ? '(the address of your platform)' : ''}${link}`,
      };
    },
  }),
};
