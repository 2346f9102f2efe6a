// These tests are about mails through a real SMTP server: who is told what and when, and what is told once.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachDatabase } from './vaults.ts';
import { DAY, dies, from, peopleScene } from './people-scene.ts';

const linkIn = (text = ''): string => /https:\/\/vault\.example\/reconnect\/\S+/.exec(text)?.[0] ?? '';

onEachDatabase('Mails of a vault', (newPlace) => {
  it('tell the owner that a token died, with one link, the person who is expected, and no token', async (t) => {
    const scene = await peopleScene(t, newPlace());
    await scene.connection('shop');
    await scene.connection('page', { parent_id: 'shop', subject_type: 'page', name: 'Café Lindqvist' });
    await dies(scene, 'shop');
    await scene.pass(30);
    const { email, to } = await scene.post.next();
    assert.deepEqual(
      [email.from?.address, to, email.subject],
      [from, ['ann@example.com'], 'The shop has stopped working'],
    );
    const text = email.text ?? '';
    assert.match(text, /^Hello Ann,/);
    assert.match(text, /Only Ann B\. can renew it\./);
    assert.match(text, /These depend on it: Café Lindqvist\./);
    assert.notEqual(linkIn(text), '');
    assert.ok(email.html?.includes(linkIn(text)));
    assert.doesNotMatch(text + (email.html ?? ''), /EAA|Bergström/);
    assert.deepEqual(
      (await scene.deliveries()).map(({ state, event }) => [state, event]),
      [['sent', 'died']],
    );
  });

  it('P-12: are one for an incident, a person and a day, also where many tokens hang on the one that died', async (t) => {
    const scene = await peopleScene(t, newPlace());
    await scene.connection('shop');
    for (const page of ['a', 'b', 'c']) await scene.connection(page, { parent_id: 'shop', subject_type: 'page' });
    await dies(scene, 'shop');
    for (const page of ['a', 'b', 'c']) await dies(scene, page);
    await scene.pass(30);
    await dies(scene, 'shop');
    await scene.pass(3600);
    assert.match((await scene.post.next()).email.text ?? '', /These depend on it: The a, The b, The c\./);
    assert.equal(scene.post.waiting(), 0);
    // It is dead again after it was told: that is told tomorrow, and once.
    await scene.pass(DAY);
    assert.equal((await scene.post.next()).email.subject, 'The shop has stopped working');
    assert.equal(scene.post.waiting(), 0);
  });

  it('warn of an end, tell of what was repaired to those who were told of it, and are silent about what is over', async (t) => {
    const scene = await peopleScene(t, newPlace());
    await scene.connection('shop', { state: 'expiring', expires_at: scene.now() + 7 * DAY });
    await scene.happens('shop', 'warned', { days: 7 });
    await scene.pass(30);
    const warning = await scene.post.next();
    assert.equal(warning.email.subject, 'The shop ends in 7 days');
    assert.match(warning.email.text ?? '', /Until then it works\.\n {2}Log in to Facebook again before then/);
    await scene.pass(DAY);
    await dies(scene, 'shop');
    // Repaired before anybody was told.
    await scene.change('shop', { state: 'healthy', expires_at: scene.now() + 60 * DAY, advice: null });
    await scene.happens('shop', 'recovered');
    await scene.pass(30);
    assert.equal(scene.post.waiting(), 0);
    await scene.pass(DAY);
    await dies(scene, 'shop');
    await scene.pass(30);
    await scene.post.next();
    await scene.change('shop', { state: 'healthy', advice: null });
    await scene.happens('shop', 'recovered');
    await scene.pass(30);
    const repaired = await scene.post.next();
    assert.equal(repaired.email.subject, 'The shop works again');
    assert.equal(linkIn(repaired.email.text), '');
  });

  it('never ask anybody to log in where only the platform can lift a block', async (t) => {
    const scene = await peopleScene(t, newPlace());
    await scene.connection('shop');
    await scene.change('shop', { state: 'blocked_at_meta', advice: 'visit_site' });
    await scene.happens('shop', 'blocked');
    await scene.pass(30);
    const { email } = await scene.post.next();
    assert.equal(email.subject, 'Facebook has blocked The shop');
    assert.equal(linkIn(email.text), '');
    assert.match(email.text ?? '', /Log in to Facebook directly and do what it asks there\. Nothing else helps\./);
  });

  it('go together to one person, in their language, trouble first', async (t) => {
    const scene = await peopleScene(t, newPlace());
    for (const id of ['a', 'b', 'c']) await scene.connection(id, { language: 'de-AT' });
    await scene.change('a', { state: 'expiring', expires_at: scene.now() + DAY });
    await scene.happens('a', 'warned', { days: 1 });
    await dies(scene, 'b');
    await dies(scene, 'c', 'consent_again');
    await scene.pass(30);
    const { email } = await scene.post.next();
    assert.equal(email.subject, '3 Verbindungen brauchen Ihre Hilfe');
    assert.match(
      email.text ?? '',
      /\* The b[\s\S]*\* The c[\s\S]*\* The a[\s\S]*Der Zugang endet am [\s\S]*, in einem Tag\./,
    );
    assert.match(email.html ?? '', /<html lang="de" dir="ltr">/);
    assert.equal(scene.post.waiting(), 0);
  });

  it('wait for the end of quiet hours, and beyond so many a day for the next day', async (t) => {
    const scene = await peopleScene(t, newPlace());
    const hour = new Date(scene.now() * 1000).getUTCHours();
    await scene.prefer({ quietHours: { from: hour, to: (hour + 2) % 24 }, mailsPerDay: 1 });
    await scene.connection('a');
    await scene.connection('b');
    await dies(scene, 'a');
    await scene.pass(600);
    assert.equal(scene.post.waiting(), 0);
    await scene.pass(2 * 3600);
    assert.equal((await scene.post.next()).email.subject, 'The a has stopped working');
    await dies(scene, 'b');
    await scene.pass(600);
    assert.equal(scene.post.waiting(), 0);
    await scene.pass(30 * 3600);
    assert.equal((await scene.post.next()).email.subject, 'The b has stopped working');
  });

  it('go to the team where no owner is named, or where the owner wants none', async (t) => {
    const scene = await peopleScene(t, newPlace());
    await scene.prefer({ team: ['team@example.com'] });
    await scene.connection('a', { owner_email: null });
    await scene.connection('b');
    const { optOut } = await import('../src/store/people/mail-opt-outs.ts');
    await scene.vault.parts.db.act(({ tx }) => optOut(tx, 'main', 'ann@example.com', scene.now()));
    await dies(scene, 'a');
    await dies(scene, 'b');
    await scene.pass(30);
    const { to, email } = await scene.post.next();
    assert.deepEqual([to, email.subject], [['team@example.com'], '2 connections need you']);
  });

  it('VT-08: show hostile names as text, in one subject and to one receiver', async (t) => {
    const scene = await peopleScene(t, newPlace());
    const name = `A\r\nBcc: all@example.com\r\n\r\n<script>alert(1)</script>${'x'.repeat(10_000)}`;
    await scene.connection('shop', { name, owner_name: '<b>Ann</b>\r\nX-Evil: 1' });
    await scene.connection('evil', { owner_email: 'a@example.com\r\nBcc: b@example.com' });
    await dies(scene, 'shop');
    await dies(scene, 'evil');
    await scene.pass(30);
    const { to, email } = await scene.post.next();
    assert.deepEqual([to, email.bcc], [['ann@example.com'], undefined]);
    assert.equal(
      email.headers.some(({ key }) => key === 'x-evil'),
      false,
    );
    assert.ok((email.subject ?? '').length < 300);
    assert.doesNotMatch(email.html ?? '', /<script|<b>/);
    assert.equal(scene.post.waiting(), 0, 'an address that is none gets nothing');
  });

  it('have words and a template of the operator in the place of ours', async (t) => {
    const scene = await peopleScene(t, newPlace(), {
      look: {
        words: { en: { subject_died: 'Oh no: {name}' } },
        template: ({ subject, items }) => ({ subject: `[Acme] ${subject}`, text: `${items[0]?.title}!` }),
      },
    });
    await scene.connection('shop');
    await dies(scene, 'shop');
    await scene.pass(30);
    const { email } = await scene.post.next();
    assert.deepEqual(
      [email.subject, email.text?.trim(), email.html],
      ['[Acme] Oh no: The shop', 'The shop!', undefined],
    );
  });
});
