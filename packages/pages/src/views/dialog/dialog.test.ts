// These tests are about the pages of an app's dialog: what a person sees and what their choice sends.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { formsOf, type Tag, tagsOf, textOf } from '../../../test/tags.ts';
import {
  alreadyConnected,
  type ConsentProps,
  chooseBusiness,
  choosePages,
  consent,
  logIn,
  nativeReturn,
  reauthenticate,
  signUp,
} from '../../index.ts';

const platform = { name: 'Hallpass' };
const hidden = { csrf: 'c', interaction: 'i' };
const form = { action: '/dialog/oauth/confirm', hidden };
const notYou = { action: '/dialog/oauth/switch', hidden };
const app = {
  id: '77',
  name: 'Fjordbook',
  owner: 'Nordlicht',
  privacyUrl: 'https://f.example/p',
  termsUrl: 'https://f.example/t',
};
const person = { id: '11', name: 'Anna Lindqvist', firstName: 'Anna', email: 'anna@example.com' };
const dialog = { platform, app, person, form, notYou };

const asked: ConsentProps['asked'] = [{ name: 'email' }, { name: 'public_profile' }, { name: 'pages_show_list' }];

/** The form that goes to `action`. */
function formTo(html: string, action: string): Tag[] {
  const found = formsOf(html).find(({ attributes }) => attributes.action === action);
  assert.ok(found, `a form to ${action}`);
  return found.inside;
}

const ticks = (html: string): [value: string | undefined, ticked: boolean][] =>
  formTo(html, form.action)
    .filter((tag) => tag.attributes.type === 'checkbox')
    .map((tag) => [tag.attributes.value, 'checked' in tag.attributes]);

const decisions = (html: string): (string | undefined)[] =>
  formTo(html, form.action)
    .filter((tag) => tag.attributes.name === 'decision')
    .map((tag) => tag.attributes.value);

suite('consent', () => {
  test('public_profile stands first and cannot be left out; everything else has a tick that begins set', () => {
    const html = consent({ ...dialog, asked });
    assert.deepEqual(ticks(html), [
      ['email', true],
      ['pages_show_list', true],
    ]);
    const text = textOf(html);
    assert.ok(text.indexOf('Name and picture') < text.indexOf('E-mail address'));
    assert.match(text, /Name and picture .* Always shared/);
  });

  test('says who is logged in, which app asks, whose app it is and where it leads', () => {
    const text = textOf(consent({ ...dialog, asked, returnsTo: 'f.example' }));
    for (const part of [
      'Continue to Fjordbook ?',
      'An app by Nordlicht',
      'Logged in as',
      'Anna Lindqvist',
      'Not you?',
      'You’ll go back to f.example',
    ])
      assert.ok(text.includes(part), part);
  });

  test('asks with the title and the sentence of each permission', () => {
    const text = textOf(consent({ ...dialog, asked }));
    assert.match(text, /E-mail address See your e-mail address\./);
    assert.match(text, /List of your Pages See the list of the Pages you manage\./);
  });

  test('goes on with the first button, so that the Enter key does; cancel is the other way', () => {
    const html = consent({ ...dialog, asked });
    assert.deepEqual(decisions(html), ['continue', 'cancel']);
    assert.match(textOf(html), /Continue as Anna Cancel/);
  });

  test('"Not you?" is a form of its own, so that it changes nothing by a link', () => {
    assert.ok(formTo(consent({ ...dialog, asked }), notYou.action).some((tag) => tag.name === 'button'));
  });

  test('a permission that was declined before is marked, and the choice stands open', () => {
    const again = consent({ ...dialog, asked: [{ name: 'user_birthday', declinedBefore: true }] });
    assert.match(textOf(again), /You declined this before/);
    assert.ok('open' in (tagsOf(again).find((tag) => tag.attributes.class === 'fold edit')?.attributes ?? {}));
    const first = consent({ ...dialog, asked });
    assert.equal(
      'open' in (tagsOf(first).find((tag) => tag.attributes.class === 'fold edit')?.attributes ?? {}),
      false,
    );
  });

  test('what was unticked before going on stays so when the person comes back, and is seen', () => {
    const html = consent({ ...dialog, asked: [{ name: 'email' }, { name: 'user_birthday', leftOut: true }] });
    assert.deepEqual(ticks(html), [
      ['email', true],
      ['user_birthday', false],
    ]);
    assert.ok('open' in (tagsOf(html).find((tag) => tag.attributes.class === 'fold edit')?.attributes ?? {}));
  });

  test('where it is all or nothing, there is nothing to untick', () => {
    const html = consent({ ...dialog, asked, choice: 'all' });
    assert.deepEqual(ticks(html), []);
    assert.doesNotMatch(textOf(html), /Edit what you share/);
  });

  test('says what the app may do already', () => {
    assert.match(
      textOf(consent({ ...dialog, asked: [{ name: 'user_birthday' }], granted: ['public_profile', 'email'] })),
      /What it can already do .* E-mail address/,
    );
  });

  test('says when the app is in development', () => {
    assert.match(
      textOf(consent({ ...dialog, app: { ...app, development: true }, asked })),
      /This app is in development/,
    );
    assert.doesNotMatch(textOf(consent({ ...dialog, asked })), /in development/);
  });

  test('WP-05: a privacy address that is not http or https is not linked, and is said to be missing', () => {
    const html = consent({
      ...dialog,
      app: { ...app, privacyUrl: 'javascript:alert(1)', termsUrl: 'data:text/html,x' },
      asked,
    });
    assert.equal(html.includes('javascript:'), false);
    assert.match(textOf(html), /It has no privacy policy/);
    assert.match(consent({ ...dialog, asked }), /href="https:\/\/f\.example\/p"/);
  });
});

suite('choice of Pages', () => {
  const pages = [
    {
      id: '1',
      name: 'Café',
      category: 'Coffee shop',
      tasks: ['MANAGE', 'CREATE_CONTENT', 'MODERATE', 'MESSAGING', 'ANALYZE'] as const,
      chosen: true,
    },
    { id: '2', name: 'Club', tasks: ['ANALYZE'] as const, chosen: false },
  ];

  test('every Page has a tick, set as before, and the person’s tasks in words', () => {
    const html = choosePages({ ...dialog, pages });
    assert.deepEqual(ticks(html), [
      ['1', true],
      ['2', false],
    ]);
    assert.match(textOf(html), /Café Coffee shop · Manage the Page, Create content, Moderate and 2 more/);
    assert.match(textOf(html), /Club View insights/);
  });

  test('one can go on, back, or cancel', () => {
    assert.deepEqual(decisions(choosePages({ ...dialog, pages })), ['continue', 'back', 'cancel']);
  });

  test('a person without Pages reads what to do', () => {
    const text = textOf(choosePages({ ...dialog, pages: [] }));
    assert.match(text, /You have no Page here You can continue without one/);
  });

  test('sent without a Page where one is needed, it says so', () => {
    assert.match(choosePages({ ...dialog, pages, error: 'none' }), /role="alert".*Choose at least one Page/s);
  });
});

suite('choice of Pages and ad accounts of a business', () => {
  const adAccounts = [
    { id: '81', name: 'Café <ads>', currency: 'EUR', chosen: true },
    { id: '82', name: 'Second', currency: 'CHF', chosen: false },
  ];
  const pages = [{ id: '1', name: 'Café', tasks: ['ANALYZE'] as const, chosen: true }];
  const business = 'Lantern';

  test('each has a tick, set as before, and the heading says what is asked', () => {
    const both = choosePages({ ...dialog, business, pages, adAccounts });
    assert.deepEqual(ticks(both), [
      ['1', true],
      ['81', true],
      ['82', false],
    ]);
    assert.match(textOf(both), /Which assets of Lantern may .* use\?/);
    assert.match(textOf(both), /Café <ads>|Café &lt;ads&gt;/);
    assert.equal(both.includes('<ads>'), false);
    const alone = choosePages({ ...dialog, business, adAccounts });
    assert.match(textOf(alone), /Which ad accounts of Lantern may .* use\?/);
    assert.equal(textOf(alone).includes('Page'), false);
    assert.match(textOf(alone), /Second act_82 · CHF/);
  });

  test('sent with nothing ticked, it says so', () => {
    assert.match(
      choosePages({ ...dialog, business, adAccounts, error: 'none' }),
      /role="alert".*Choose at least one ad account/s,
    );
    assert.match(
      choosePages({ ...dialog, business, pages, adAccounts, error: 'none' }),
      /role="alert".*Choose at least one, or cancel/s,
    );
  });

  test('a business without ad accounts can go on without one', () => {
    assert.match(
      textOf(choosePages({ ...dialog, business, pages, adAccounts: [] })),
      /This business has no ad account You can continue without one/,
    );
  });
});

suite('the choice of a business', () => {
  const businesses = [
    { id: '1', name: 'Lantern' },
    { id: '2', name: 'Harbour' },
  ];
  const sent = (html: string) => formsOf(html).filter(({ attributes }) => attributes.action === form.action);

  test('one of them is chosen, or a new one made; both can be left', () => {
    const html = chooseBusiness({ ...dialog, businesses });
    const [choice, creation] = sent(html).map(({ inside }) => inside);
    const radios = choice
      ?.filter((tag) => tag.attributes.type === 'radio')
      .map(({ attributes }) => [attributes.name, attributes.value, 'checked' in attributes]);
    assert.deepEqual(radios, [
      ['business', '1', true],
      ['business', '2', false],
    ]);
    assert.ok(creation?.some((tag) => tag.attributes.name === 'business_name'));
    assert.ok(creation?.some((tag) => tag.attributes.value === 'create'));
  });

  test('without a business there is nothing to go on with but a new one, and for a test user not even that', () => {
    const ways = (cannotCreate: boolean) =>
      sent(chooseBusiness({ ...dialog, businesses: [], cannotCreate })).map(({ inside }) =>
        inside.filter((tag) => tag.attributes.name === 'decision').map((tag) => tag.attributes.value),
      );
    assert.deepEqual(ways(false), [['create'], ['back', 'cancel']]);
    assert.deepEqual(ways(true), [['back', 'cancel']]);
  });

  test('a name that cannot be one is explained at its field', () => {
    const html = chooseBusiness({ ...dialog, businesses, error: 'name' });
    assert.match(html, /role="alert".*Give the new business a name/s);
    const input = sent(html)[1]?.inside.find((tag) => tag.attributes.name === 'business_name');
    assert.equal(input?.attributes['aria-describedby'], 'problem');
  });
});

suite('log-in', () => {
  test('within a dialog it names the app and can be cancelled; alone it cannot', () => {
    assert.match(textOf(logIn({ platform, form, app })), /Log in to continue to Fjordbook/);
    assert.deepEqual(decisions(logIn({ platform, form, app })), ['continue', 'cancel']);
    assert.deepEqual(decisions(logIn({ platform, form })), ['continue']);
  });

  test('cancelling does not ask for the fields to be filled in', () => {
    const cancel = formTo(logIn({ platform, form, app }), form.action).find((tag) => tag.attributes.value === 'cancel');
    assert.ok(cancel && 'formnovalidate' in cancel.attributes);
  });

  test('TB-02: a wrong password and an unknown person read the same', () => {
    assert.match(
      textOf(logIn({ platform, form, error: 'wrong', email: 'a@example.com' })),
      /The e-mail address or the password is wrong\./,
    );
  });

  test('after an error the address is kept, the field explained, and the password empty', () => {
    const fields = formTo(logIn({ platform, form, error: 'wrong', email: 'a"@example.com' }), form.action);
    const email = fields.find((tag) => tag.attributes.name === 'email')?.attributes;
    assert.equal(email?.value, 'a"@example.com');
    assert.equal(email?.['aria-describedby'], 'problem');
    assert.equal(fields.find((tag) => tag.attributes.name === 'password')?.attributes.value, undefined);
  });

  test('password managers are told which field is which', () => {
    const words = (html: string): (string | undefined)[] =>
      formTo(html, form.action).flatMap((tag) => (tag.attributes.autocomplete ? [tag.attributes.autocomplete] : []));
    assert.deepEqual(words(logIn({ platform, form })), ['email', 'current-password']);
    assert.deepEqual(words(signUp({ platform, form, logIn: '/login' })), ['name', 'email', 'new-password', 'bday']);
    assert.deepEqual(words(reauthenticate(dialog)), ['username', 'current-password']);
  });

  test('sign-up asks for a birthday but does not need it', () => {
    const fields = formTo(signUp({ platform, form, logIn: '/login' }), form.action);
    assert.equal(
      'required' in (fields.find((tag) => tag.attributes.name === 'birthday')?.attributes ?? { required: '' }),
      false,
    );
    assert.ok('required' in (fields.find((tag) => tag.attributes.name === 'name')?.attributes ?? {}));
  });

  test('sign-up ties each error to its field', () => {
    const html = signUp({ platform, form, logIn: '/login', errors: { password: 'too_short' } });
    assert.equal(
      formTo(html, form.action).find((tag) => tag.attributes.name === 'password')?.attributes['aria-describedby'],
      'field-password-error field-password-hint',
    );
    assert.match(textOf(html), /This is too short\. Use at least 8 characters\./);
  });
});

test('a person who gave everything before goes on with one press, and reads that nothing is added', () => {
  const html = alreadyConnected({ ...dialog, granted: ['email'] });
  assert.deepEqual(decisions(html), ['continue', 'cancel']);
  assert.match(textOf(html), /It gets no new access/);
  assert.match(
    textOf(alreadyConnected({ ...dialog, granted: ['email'], why: 'data_access' })),
    /its access to your data has ended/,
  );
});

test('DL-09: the way back to a program goes through a form, so that no address with a code or token stands in the page', () => {
  const html = nativeReturn({ platform, app, outcome: 'success', form });
  assert.equal(formsOf(html).length, 1);
  assert.doesNotMatch(html, /fb\d+:\/\//);
  assert.equal(
    tagsOf(html).some((tag) => tag.name === 'a'),
    false,
  );
});
