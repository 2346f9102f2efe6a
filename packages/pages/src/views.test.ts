// These rules hold for every view, checked over all of them with usual and with hostile props.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { hostileNames, hostilePaths } from '../test/hostile.ts';
import { samples } from '../test/samples.ts';
import type { Sample } from '../test/samples/cast.ts';
import { formsOf, type Tag, tagsOf, textOf } from '../test/tags.ts';
import * as pages from './index.ts';

const usual = samples();
const hostile: Sample[] = hostileNames.flatMap((bad) => samples(() => bad));
const misled: Sample[] = hostilePaths.flatMap((bad) => samples(undefined, () => bad));
const all = [...usual, ...hostile, ...misled];

/** Runs `check` over samples and says which page failed. */
function each(list: readonly Sample[], check: (sample: Sample, tags: Tag[]) => void): void {
  for (const sample of list) {
    try {
      check(sample, tagsOf(sample.html));
    } catch (error) {
      throw new Error(`${sample.name}: ${(error as Error).message}`, { cause: error });
    }
  }
}

const opening = (tags: readonly Tag[], name: string): Tag[] => tags.filter((tag) => tag.name === name && !tag.closing);

suite('every view', () => {
  test('is among the samples that these tests and the gallery look at', () => {
    // The reports of commands are documents to send to others, with their style in them, and no pages of a server.
    const documents = ['checkReport', 'rehearsalReport'];
    const views = Object.entries(pages).flatMap(([name, value]) =>
      typeof value === 'function' && !documents.includes(name) ? [name] : [],
    );
    assert.deepEqual([...new Set(usual.map((sample) => sample.view))].sort(), views.sort());
  });

  test('WP-05: shows hostile names as text: no tag, attribute or script comes out of them', () => {
    const known =
      'html head meta title link body aside div header span svg path circle rect main h1 h2 p form input label button a ul li strong bdi details summary section code nav fieldset legend time wbr'.split(
        ' ',
      );
    each(all, (_, tags) => {
      for (const tag of tags) {
        assert.ok(known.includes(tag.name), `unexpected <${tag.name}>`);
        for (const attribute of Object.keys(tag.attributes))
          assert.doesNotMatch(attribute, /^(on|style$|srcdoc$|src$|background$|formaction$)/i);
      }
    });
  });

  test('WP-05: strips characters that reorder or hide text', () => {
    each(hostile, (sample) =>
      assert.doesNotMatch(
        sample.html.replace(/value="[^"]*"/g, ''),
        /[\u202a-\u202e\u2066-\u2069\u200b\ufeff\u0000-\u0008]/,
      ),
    );
  });

  test('WP-01: needs no inline style, no script and nothing from another host', () => {
    each(all, (sample, tags) => {
      assert.equal(
        opening(tags, 'script').length +
          opening(tags, 'style').length +
          opening(tags, 'iframe').length +
          opening(tags, 'img').length,
        0,
      );
      for (const link of opening(tags, 'link'))
        assert.match(link.attributes.href ?? '', /^(\/_\/pages\.css\?v=[0-9a-f]{8}$|data:image\/svg\+xml,)/);
      assert.equal(sample.html.includes('style='), false);
    });
  });

  test('posts its forms to paths of our own, with the hidden inputs it was given', () => {
    each(all, (sample) => {
      for (const { attributes, inside } of formsOf(sample.html)) {
        assert.equal(attributes.method, 'post');
        assert.match(attributes.action ?? '', /^\/(?![/\\])[!-~]*$/);
        const hidden = inside.filter((tag) => tag.attributes.type === 'hidden').map((tag) => tag.attributes.name);
        assert.ok(hidden.includes('csrf') && hidden.includes('interaction'));
        assert.ok(inside.some((tag) => tag.name === 'button' && tag.attributes.type === 'submit'));
      }
    });
  });

  test('gives the hidden values back as they were', () => {
    each(usual, (sample) => {
      for (const { inside } of formsOf(sample.html))
        assert.equal(inside.find((tag) => tag.attributes.name === 'csrf')?.attributes.value, 'c5rf');
    });
  });

  test('DL-17: links only to paths of our own, and to http or https elsewhere', () => {
    each(all, (_, tags) => {
      for (const { attributes } of opening(tags, 'a')) {
        const href = attributes.href ?? '';
        if (attributes.target === '_blank') {
          assert.match(href, /^https?:\/\//);
          assert.match(attributes.rel ?? '', /noopener noreferrer/);
        } else assert.match(href, /^(#content|\/(?![/\\])[!-~]*)$/);
        assert.equal(href.includes('\\'), false);
      }
      for (const { attributes } of opening(tags, 'a'))
        if (attributes.target !== '_blank') assert.equal(attributes.href?.includes('evil.example'), false);
    });
  });

  test('has one title, one h1, one main part, a language and a viewport', () => {
    each(all, (sample, tags) => {
      for (const name of ['title', 'h1', 'main']) assert.equal(opening(tags, name).length, 1, name);
      assert.equal(opening(tags, 'html')[0]?.attributes.lang, sample.name.endsWith('-de') ? 'de' : 'en');
      assert.match(
        opening(tags, 'meta').find((tag) => tag.attributes.name === 'viewport')?.attributes.content ?? '',
        /width=device-width/,
      );
    });
  });

  test('labels every field, and names for screen readers only what is there', () => {
    each(usual, (_, tags) => {
      const ids = tags.flatMap((tag) => (tag.attributes.id ? [tag.attributes.id] : []));
      assert.equal(new Set(ids).size, ids.length, 'ids are unique');
      const labelled = new Set(opening(tags, 'label').map((tag) => tag.attributes.for));
      for (const { attributes } of opening(tags, 'input')) {
        // Ticks and radio buttons stand inside their labels.
        if (['hidden', 'checkbox', 'radio'].includes(attributes.type ?? '') || attributes['aria-hidden'] === 'true')
          continue;
        assert.ok(labelled.has(attributes.id), `${attributes.name} has a label`);
        assert.ok(attributes.autocomplete, `${attributes.name} says what it is for`);
      }
      for (const tag of tags)
        for (const named of `${tag.attributes['aria-describedby'] ?? ''} ${tag.attributes['aria-labelledby'] ?? ''}`.split(
          ' ',
        ))
          if (named) assert.ok(ids.includes(named), `#${named} exists`);
    });
  });

  test('never gives a password back', () => {
    each(all, (_, tags) => {
      for (const { attributes } of opening(tags, 'input'))
        if (attributes.type === 'password') assert.equal(attributes.value, undefined);
    });
  });

  test('carries the name of the platform in its title', () => {
    each(
      samples((text) => (text === 'Hallpass' ? 'Gatehouse' : text)),
      (sample) => {
        assert.match(sample.html, /<title>[^<]+ · Gatehouse<\/title>/);
        assert.doesNotMatch(textOf(sample.html), /Hallpass/);
      },
    );
  });
});

test('I-16: in the emulator a page says that nothing is real', () => {
  const page = (emulator: boolean): string =>
    textOf(pages.message({ platform: { name: 'Hallpass', emulator }, message: 'not_found', home: '/' }));
  assert.match(page(true), /Emulator: nothing here is real/);
  assert.doesNotMatch(page(false), /Emulator/);
});
