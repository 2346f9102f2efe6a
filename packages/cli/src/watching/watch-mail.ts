// The mail of the watch has the look of the mails of a vault. It holds no token.
import type { MailTemplate, WatchLine } from '@hallpass/vault';
import { type HolderState, kindOf } from '@hallpass/vault/client';
import { sentencesOf, stateInWords } from './words.ts';

type Mail = ReturnType<MailTemplate>;

/** @param now epoch seconds */
export async function mailOf(news: readonly WatchLine[], now: number): Promise<Mail> {
  const { usualTemplate } = await import('@hallpass/vault');
  const [first] = news;
  return usualTemplate({
    language: 'en',
    platform: 'Hallpass',
    subject: news.length === 1 && first ? `Access token: ${first.name}` : `${news.length} access tokens changed`,
    opening: ['These access tokens have changed:'],
    items: news.map((line) => ({
      tone: toneOf(line.state),
      title: `${line.name}: ${stateInWords(line)}`,
      says: [
        ...sentencesOf(line, now),
        ...(line.look.kind === undefined ? [] : [`Kind: ${kindOf(line.look.kind).label}.`]),
      ],
    })),
    closing: ['This mail contains no tokens.'],
  });
}

function toneOf(state: HolderState): 'good' | 'warn' | 'danger' {
  if (state === 'healthy') return 'good';
  return state === 'expiring' || state === 'unreachable' ? 'warn' : 'danger';
}
