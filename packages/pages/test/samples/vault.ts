// These samples are views of a vault's people, behind the links of its mails, in the states that look different.
import * as pages from '../../src/index.ts';
import { vaultSpeechOf } from '../../src/views/vault/words/words.ts';
import { DAY, NOW, of, type Sample, type SampleCast } from './cast.ts';

export function vaultSamples({ text, path, platform, form, list }: SampleCast): Sample[] {
  return [
    ...['en', 'de']
      .map((tag) => vaultSpeechOf([tag]))
      .flatMap((speech) => [
        ...(['ended', 'ends', 'permission', 'anew'] as const).map((why) =>
          of(
            'reconnect',
            `reconnect-${why}-${speech.language}`,
            pages.reconnect({
              platform,
              speech,
              connection: { id: text('c1'), name: text('Café Lindqvist') },
              service: text('Facebook'),
              why,
              ...(why === 'ends' ? { until: { at: NOW + 7 * DAY, timeZone: 'Europe/Berlin' } } : {}),
              ...(why === 'anew' ? {} : { expected: text('Ann B.') }),
              pages: why === 'ended' ? list.map((page) => page.name) : [],
              missing: why === 'permission' ? [text('pages_manage_posts')] : [],
              form,
            }),
          ),
        ),
        ...(
          [
            'renewed',
            'connected',
            'used',
            'invalid',
            'blocked',
            'role',
            'operator',
            'gone',
            'cancelled',
            'other_person',
            'failed',
            'wait',
          ] as const satisfies readonly pages.OutcomeKey[]
        ).map((key) =>
          of(
            'outcome',
            `outcome-${key}-${speech.language}`,
            pages.outcome({
              platform,
              speech,
              outcome: key,
              connection: text('Café Lindqvist'),
              service: text('Facebook'),
              expected: text('Ann B.'),
              again: path('/reconnect/abc'),
            }),
          ),
        ),
        ...(['asked', 'out', 'in'] as const).map((state) =>
          of(
            'mailChoice',
            `mail-choice-${state}-${speech.language}`,
            pages.mailChoice({ platform, speech, address: text('ann@example.com'), state, form }),
          ),
        ),
      ]),
  ];
}
