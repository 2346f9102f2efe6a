// Calls by which the people of a world act through the real pages: for tests in other languages than that of the library.
import { PersonError } from '../people/people.ts';
import { controlCall, ControlError, type JsonSchema, parsed, required, text, yesNo } from './control-call.ts';

/** The dialog of an address that an app has made; the name of its host says nothing here. */
const dialogAddress = parsed(
  'The address that the app sends the browser to, such as https://www.facebook.com/v25.0/dialog/oauth?client_id=…',
  (name, value) => {
    const url = URL.parse(value);
    if (!url) throw new ControlError(400, `${name}: must be the whole address of a dialog`);
    return url.pathname + url.search;
  },
);

const list = (description: string) => parsed(description, (_name, value) => value.split(','));

const string: JsonSchema = { type: 'string' };

export const peopleCalls = [
  controlCall('POST', 'log-in', {
    doc: "A person goes through the pages of a dialog, starting with the log-in, and grants everything unless you say otherwise. The app isn't called: open `url` there.",
    params: {
      person: required(text('The name, first name, e-mail address or id of a person.')),
      url: dialogAddress,
      app: text('Without `url`: the name or id of the app; by default the first of the world.'),
      scope: text('Without `url`: permissions, joined by commas.'),
      redirect_uri: text('Without `url`: where the dialog returns to; by default its first address.'),
      decline: list('Permissions that are unticked, joined by commas.'),
      pages: list('The ids of the Pages that are ticked, and no others, joined by commas.'),
      cancel: yesNo('true: the person cancels.'),
    },
    answer: {
      type: 'object',
      properties: {
        url: { type: 'string', description: 'The full address to which the dialog returned.' },
        code: string,
        access_token: { type: 'string', description: 'The token in the fragment, if the app asked for one.' },
        error: { type: 'string', description: 'Such as access_denied.' },
      },
      required: ['url'],
    },
    async run({ world: { people } }, { person, url, app, scope, redirect_uri: redirectUri, ...choices }) {
      try {
        const back = await (url === undefined
          ? people.get(person).logIn({ app, scope, redirectUri, ...choices })
          : people.get(person).answerDialog(url, choices));
        return { url: back.url, code: back.code, access_token: back.accessToken, error: back.error };
      } catch (error) {
        if (error instanceof PersonError) throw new ControlError(400, error.message);
        throw error;
      }
    },
  }),
];
