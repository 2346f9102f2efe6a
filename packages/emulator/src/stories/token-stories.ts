// Stories about tokens and codes as time goes by, and about answers that fail or do not come.
import { faultWords } from '../faults/fault-names.ts';
import type { NewFaultOrder } from '../faults/fault-orders.ts';
import { connectionFaults, type ConnectionFaultName } from '../faults/connection-faults.ts';
import { DAY, moveOn, type Story } from './story.ts';

const TRY_AGAIN = 'Try again a few times, waiting longer each time, and never repeat something that succeeded.';

/** Faults of the app of the story; undone they are taken back. */
function faulted(order: NewFaultOrder, words: string): Story['play'] {
  return async ({ world, app, did, undo }) => {
    const { id } = world.faults.add({ ...order, app: app.id });
    did(words);
    undo(() => world.faults.remove(id));
  };
}

const connection = (name: ConnectionFaultName, times: number, attributes = {}): NewFaultOrder => ({
  connection: { name, attributes: { ...connectionFaults[name].attributes, ...attributes } },
  times,
});

export const tokenStories = {
  'token-expired': {
    doc: 'Sixty-one days pass, and the long-lived token has expired.',
    answer: '190/463',
    expect: 'Plan ahead: extend the token while the person is there, and have them log in again after it has expired.',
    play: (scene) => moveOn(scene, 61 * DAY, 'sixty-one days pass'),
  },
  'clock-skewed': {
    doc: 'The clock of the platform runs ten minutes ahead of that of the app.',
    answer: 'codes and proofs are judged by the time of the platform',
    expect: 'Trust the answer, not the own clock, about what has expired.',
    play: (scene) => moveOn(scene, 600, 'the clock of the platform goes ten minutes ahead'),
  },
  'token-refused-once': {
    doc: 'The next call with a token is refused, though the token is good.',
    answer: '190/467 with HTTP 401, once',
    expect: 'Look at the token with debug_token before throwing it away.',
    play: faulted(faultWords['401-once'].order, 'the next call with a token will be refused'),
  },
  'code-used-twice': {
    doc: 'The code of a log-in arrives a second time, as when a person presses reload.',
    answer: '100/36009, once',
    expect: 'Send the person through the log-in again, without an error page.',
    play: faulted({ step: 'token.checked', error: 'code.used', times: 1 }, 'the next code will have been used'),
  },
  'code-expired': {
    doc: 'The person took a coffee before coming back with the code.',
    answer: '100/36007, once',
    expect: 'Send the person through the log-in again.',
    play: faulted({ step: 'token.checked', error: 'code.expired', times: 1 }, 'the next code will have expired'),
  },
  'extend-refused': {
    doc: 'A token cannot be exchanged for a long-lived one.',
    answer: '190 from the token endpoint, once',
    expect: 'Go on with the short-lived token, and try again at the next visit.',
    play: faulted(
      { step: 'token.checked', error: 'token.not_allowed_here', times: 1 },
      'the next exchange will be refused',
    ),
  },
  'dialog-fails': {
    doc: 'The dialog breaks, and the person comes back with an error.',
    answer: 'error and error_description in the address, once',
    expect: 'Offer the log-in again, and show nothing of what came in the address.',
    play: faulted({ step: 'dialog.opened', error: 'server.bug', times: 1 }, 'the next dialog will fail'),
  },
  'graph-away': {
    doc: 'The Graph is away for three calls.',
    answer: '2 with HTTP 503, three times',
    expect: TRY_AGAIN,
    play: faulted({ step: 'graph.authorised', error: 'server.away', times: 3 }, 'three calls will find the Graph away'),
  },
  'unknown-error': {
    doc: 'The Graph fails with an unknown error.',
    answer: '1 with HTTP 500, once',
    expect: TRY_AGAIN,
    play: faulted({ step: 'graph.authorised', error: 'server.bug', times: 1 }, 'the next call will fail'),
  },
  'answer-lost': {
    doc: 'A call does its work, and its answer is lost.',
    answer: '2 with HTTP 503, once; the work is done',
    expect: 'Look whether the work was done before doing it again.',
    play: faulted(
      { step: 'graph.answered', error: 'server.away', times: 1 },
      'the answer to the next call will be lost',
    ),
  },
  'api-access-blocked': {
    doc: 'The platform finds that the app goes too fast, and blocks it.',
    answer: '368',
    expect: 'Stop, tell those who run the app, and do not try again by yourself.',
    play: faulted(
      { step: 'graph.authorised', error: 'blocked.too_fast' },
      'every call is blocked until this is undone',
    ),
  },
  'slow-answers': {
    doc: 'Three answers take five seconds.',
    answer: 'the true answer, late',
    expect: 'Have a time limit, and let nobody wait on a page for it.',
    play: faulted(connection('latency', 3, { latency: 5000 }), 'three answers will take five seconds'),
  },
  'connection-reset': {
    doc: 'The connection is reset twice.',
    answer: 'no answer',
    expect: TRY_AGAIN,
    play: faulted(connection('CONNECTION_RESET_BY_PEER', 2), 'two connections will be reset'),
  },
  'answer-cut': {
    doc: 'An answer breaks off in the middle of its JSON.',
    answer: 'half of an answer, once',
    expect: 'Take it for no answer, and try again.',
    play: faulted(connection('bad_json', 1), 'the next answer will be half of one'),
  },
} as const satisfies Record<string, Story>;
