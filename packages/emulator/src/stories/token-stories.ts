// Stories about tokens and codes as time goes by, and about answers that fail or do not come.
import { lifetimes } from '@hallpass/protocol';
import { faultWords } from '../faults/fault-names.ts';
import type { NewFaultOrder } from '../faults/fault-orders.ts';
import { connectionFaults, type ConnectionFaultName } from '../faults/connection-faults.ts';
import { DAY, HOUR, moveOn, type Story } from './story.ts';

const TRY_AGAIN = 'Try again a few times, waiting longer each time, and never repeat something that succeeded.';

const OF_PLATFORM = 'It is a failure of the platform itself, which no act of a person or an app can cause.';

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
    leaves: 'dead',
    play: (scene) => moveOn(scene, 61 * DAY, 'sixty-one days pass'),
  },
  'clock-skewed': {
    doc: 'The clock of the platform runs ten minutes ahead of that of the app.',
    answer: 'codes and proofs are judged by the time of the platform',
    expect: 'To know if something has expired, trust the answer, not your own clock.',
    leaves: 'turning',
    play: (scene) => moveOn(scene, 600, 'the clock of the platform goes ten minutes ahead'),
  },
  'token-refused-once': {
    doc: 'The next call with a token is refused although the token is valid.',
    answer: '190/467 with HTTP 401, once',
    expect: 'Check the token with debug_token before you throw it away.',
    leaves: 'failing',
    fault: OF_PLATFORM,
    play: faulted(faultWords['401-once'].order, 'the next call with a token will be refused'),
  },
  'code-used-twice': {
    doc: 'The code of a log-in arrives a second time, as when a person presses reload.',
    answer: '100/36009, once',
    expect: 'Send the person through the log-in again, without an error page.',
    strikes: 'code',
    leaves: 'turning',
    fault: 'The code that will arrive twice is one the app gets later.',
    play: faulted({ step: 'token.checked', error: 'code.used', times: 1 }, 'the next code will have been used'),
  },
  'code-expired': {
    doc: 'The person has a coffee before coming back with the code.',
    answer: '100/36007 for every earlier code',
    expect: 'Send the person through the log-in again.',
    strikes: 'code',
    leaves: 'turning',
    play: (scene) => moveOn(scene, lifetimes.authorizationCode + 60, 'the time of a code passes, and a minute more'),
  },
  'extend-refused': {
    doc: 'The app comes too late to extend a short-lived token: three hours have passed.',
    answer: '190/463 from the token endpoint for a short-lived token; long-lived ones keep working',
    expect: 'Extend a token right after the log-in. If it is too late, have the person log in again.',
    strikes: 'short_lived',
    leaves: 'dead',
    play: (scene) => moveOn(scene, 3 * HOUR, 'three hours pass'),
  },
  'dialog-fails': {
    doc: 'The dialog breaks, and the person comes back with an error.',
    answer: 'error and error_description in the address, once',
    expect: "Offer the log-in again, and don't show the error text from the address.",
    strikes: 'code',
    renews: true,
    leaves: 'turning',
    fault: OF_PLATFORM,
    play: faulted({ step: 'dialog.opened', error: 'server.bug', times: 1 }, 'the next dialog will fail'),
  },
  'graph-away': {
    doc: 'The Graph is unavailable for three calls.',
    answer: '2 with HTTP 503, three times',
    expect: TRY_AGAIN,
    leaves: 'failing',
    fault: OF_PLATFORM,
    play: faulted(
      { step: 'graph.authorised', error: 'server.away', times: 3 },
      'the Graph will be unavailable for three calls',
    ),
  },
  'unknown-error': {
    doc: 'The Graph fails with an unknown error.',
    answer: '1 with HTTP 500, once',
    expect: TRY_AGAIN,
    leaves: 'failing',
    fault: OF_PLATFORM,
    play: faulted({ step: 'graph.authorised', error: 'server.bug', times: 1 }, 'the next call will fail'),
  },
  'answer-lost': {
    doc: 'A call does its work, and its answer is lost.',
    answer: '2 with HTTP 503, once; the work is done',
    expect: 'Check whether the work was done before you repeat it.',
    leaves: 'failing',
    fault: OF_PLATFORM,
    play: faulted(
      { step: 'graph.answered', error: 'server.away', times: 1 },
      'the answer to the next call will be lost',
    ),
  },
  'slow-answers': {
    doc: 'Three answers take five seconds.',
    answer: 'the real answer, late',
    expect: "Set a time limit, and don't let people wait for it on a page.",
    leaves: 'failing',
    fault: OF_PLATFORM,
    play: faulted(connection('latency', 3, { latency: 5000 }), 'three answers will take five seconds'),
  },
  'connection-reset': {
    doc: 'The connection is reset twice.',
    answer: 'no answer',
    expect: TRY_AGAIN,
    leaves: 'failing',
    fault: OF_PLATFORM,
    play: faulted(connection('CONNECTION_RESET_BY_PEER', 2), 'two connections will be reset'),
  },
  'answer-cut': {
    doc: 'An answer is cut off in the middle of its JSON.',
    answer: 'half of an answer, once',
    expect: 'Treat it like no answer, and try again.',
    leaves: 'failing',
    fault: OF_PLATFORM,
    play: faulted(connection('bad_json', 1), 'the next answer will be half of one'),
  },
} as const satisfies Record<string, Story>;
