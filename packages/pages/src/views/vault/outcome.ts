// These pages tell how a way through the dialog ended, or why a link leads to none. The words come from the tables of
// languages, by key (WP-06).
import { html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import type { BannerTone } from '../../parts/banner.ts';
import type { IconName } from '../../parts/icons.ts';
import { notice, wayOn } from '../../parts/notice.ts';
import { name, plainName } from '../../parts/words/name.ts';
import type { PageProps } from '../../props.ts';
import { filled, filledPlainly, type VaultSpeech } from './words/words.ts';
import type { VaultWords } from './words/vault-words.ts';

interface OutcomeLook {
  mood: BannerTone;
  icon: IconName;
  title: keyof VaultWords;
  words: keyof VaultWords;
  /** It makes sense to go the same way again. */
  again?: true;
}

const outcomes = {
  renewed: { mood: 'good', icon: 'check', title: 'done_title', words: 'done_words' },
  connected: { mood: 'good', icon: 'check', title: 'connected_title', words: 'done_words' },
  used: { mood: 'good', icon: 'check', title: 'used_title', words: 'used_words' },
  invalid: { mood: 'warn', icon: 'key', title: 'invalid_title', words: 'invalid_words' },
  blocked: { mood: 'warn', icon: 'stop', title: 'blocked_title', words: 'blocked_words' },
  role: { mood: 'warn', icon: 'person', title: 'not_here_title', words: 'role_words' },
  operator: { mood: 'warn', icon: 'stop', title: 'not_here_title', words: 'operator_words' },
  gone: { mood: 'warn', icon: 'stop', title: 'not_here_title', words: 'gone_words' },
  cancelled: { mood: 'note', icon: 'cross', title: 'cancelled_title', words: 'cancelled_words', again: true },
  other_person: {
    mood: 'warn',
    icon: 'person',
    title: 'other_person_title',
    words: 'other_person_words',
    again: true,
  },
  failed: { mood: 'warn', icon: 'alert', title: 'failed_title', words: 'failed_words', again: true },
  wait: { mood: 'warn', icon: 'clock', title: 'wait_title', words: 'wait_words', again: true },
} as const satisfies Readonly<Record<string, OutcomeLook>>;

export type OutcomeKey = keyof typeof outcomes;

export interface OutcomeProps extends PageProps {
  speech: VaultSpeech;
  outcome: OutcomeKey;
  /** The name of the connection; left out where the link names none. */
  connection?: string;
  service?: string;
  /** The one person who could have renewed it, shortened. */
  expected?: string;
  /** The path of the page that leads to the dialog. */
  again?: string;
}

export function outcome(props: OutcomeProps): string {
  const { connection = '', service = '', expected = '' } = props;
  const { language, words } = props.speech;
  const look: OutcomeLook = outcomes[props.outcome];
  const plain = { name: plainName(connection), service: plainName(service) };
  const parts = {
    name: name(connection),
    service: plainName(service),
    person: name(expected),
    platform: plainName(props.platform.name),
  };
  const again =
    look.again && props.again !== undefined ? html`<div class="actions">${wayOn(props.again, words.again)}</div>` : '';
  return cardPage(
    props.platform,
    { title: filledPlainly(words[look.title], plain), language },
    html`${notice(look.mood, look.icon, filled(words[look.title], parts), html`<p class="soft">${filled(words[look.words], parts)}</p>`)}${again}`,
  );
}
