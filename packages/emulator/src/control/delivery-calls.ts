// Calls about what is sent to the servers of apps: looked at, led elsewhere, sent again, brought about.
import type { Delivery } from '../deliveries/deliveries.ts';
import { publishPost, type TriggerName, triggerNames, triggers } from '../deliveries/triggers.ts';
import { PersonError } from '../people/people.ts';
import { StoryFailed } from '../stories/play-story.ts';
import type { EmulatedWorld } from '../worlds/emulated-world.ts';
import {
  controlCall,
  ControlError,
  type JsonSchema,
  listOf,
  number,
  object,
  oneOf,
  parsed,
  required,
  text,
} from './control-call.ts';
import { personAndApp } from './story-calls.ts';

const string: JsonSchema = { type: 'string' };
const deliverySchema: JsonSchema = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    time: string,
    method: string,
    url: { type: 'string', description: 'The address that the app has given.' },
    to: { type: 'string', description: 'The address that it went to.' },
    headers: { type: 'object' },
    body: string,
    status: { type: 'integer' },
    answer: { type: 'string', description: 'The beginning of the answer.' },
    error: { type: 'string', description: 'The reason why there was no answer.' },
    ms: { type: 'integer' },
  },
  required: ['id', 'time', 'method', 'url', 'to', 'ms'],
};

const ANSWER = 500;

function shown({ id, time, request, to, answer }: Delivery) {
  const { method, url, headers, body } = request;
  return {
    ...{ id, time: new Date(time * 1000).toISOString(), method, url, to, headers, body, ms: Math.round(answer.ms) },
    ...(answer.fault === undefined
      ? { status: answer.status, answer: answer.body.slice(0, ANSWER) }
      : { error: answer.fault }),
  };
}

/** @throws ControlError where no call leaves this emulator */
function deliveriesOf({ deliveries }: EmulatedWorld) {
  if (!deliveries) throw new ControlError(409, "This emulator doesn't call the servers of apps.");
  return deliveries;
}

const localAddress = parsed('An address on this machine, such as http://localhost:3000.', (name, value) => {
  const url = URL.parse(value);
  if (url?.protocol !== 'http:' || !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname))
    throw new ControlError(400, `${name}: must be an address on this machine, such as http://localhost:3000`);
  return url;
});

/** Longest wait of one call, in seconds. */
const LONGEST = 25;
/** Milliseconds to wait for the answer to a call that was brought about: longer than any call may take. */
const PATIENCE = 15_000;

export const deliveryCalls = [
  controlCall('GET', 'deliveries', {
    doc: 'Calls made to the servers of apps, oldest first. The last two hundred are kept.',
    params: {
      after: number('Only those after this one, by its id.', { minimum: 0, maximum: 1e12, whole: true }),
      wait: number('Seconds to wait for one if there is none yet.', { minimum: 0, maximum: LONGEST }),
    },
    answer: object({ deliveries: listOf(deliverySchema) }),
    async run({ world }, { after = 0, wait = 0 }) {
      return { deliveries: (await deliveriesOf(world).wait(after, wait * 1000)).map(shown) };
    },
  }),
  controlCall('POST', 'deliveries', {
    doc: 'Sends one of them again, byte for byte.',
    params: { replay: required(number('Its id.', { minimum: 1, maximum: 1e12, whole: true })) },
    answer: deliverySchema,
    async run({ world }, { replay }) {
      const again = await deliveriesOf(world).replay(replay);
      if (!again) throw new ControlError(404, 'replay: no call with this number is kept');
      return shown(again);
    },
  }),
  controlCall('POST', 'forward', {
    doc: 'Sends every call of the world to one address, whatever address the app has set. An address without a path keeps the path of each call.',
    params: { to: required(localAddress) },
    answer: object({ to: string }),
    run({ world }, { to }) {
      deliveriesOf(world).forward(to);
      return { to: to.href };
    },
  }),
  controlCall('DELETE', 'forward', {
    doc: 'Stops that: calls go to the addresses that the apps have set.',
    answer: object({ to: { type: 'string', description: 'The previous address; empty if there was none.' } }),
    run({ world }) {
      const deliveries = deliveriesOf(world);
      const { forwardTo = '' } = deliveries;
      deliveries.forward(undefined);
      return { to: forwardTo };
    },
  }),
  controlCall('POST', 'trigger', {
    doc: 'Causes a call to the server of an app by the act of a person that leads to it in real life.',
    params: {
      name: required(oneOf(triggerNames.map((name) => `${name}: ${triggers[name].doc}`).join(' '), triggerNames)),
      person: text('The name, e-mail address or id of a person; by default the first of the world.'),
      app: text('The name or id of an app; by default the first of the world.'),
      page: text('Of feed: the name or id of a Page; by default the first of the person.'),
    },
    answer: {
      ...object({ trigger: string, did: listOf(string), deliveries: listOf(deliverySchema) }),
      description: 'Without deliveries, `missing` says what the app needs for them.',
    },
    async run({ world }, { name, person: named, app: called, page }) {
      const deliveries = deliveriesOf(world);
      const before = deliveries.last;
      const did = await bringAbout(world, name, () => personAndApp(world, named, called), page);
      await world.sent(PATIENCE);
      const made = deliveries.list(before);
      const missing = made.length > 0 ? {} : { missing: `Nothing was sent. Make sure that ${triggers[name].needs}.` };
      return { trigger: name, did, deliveries: made.map(shown), ...missing };
    },
  }),
];

/** @throws ControlError with the words of what went wrong */
async function bringAbout(
  world: EmulatedWorld,
  name: TriggerName,
  chosen: () => ReturnType<typeof personAndApp>,
  page: string | undefined,
): Promise<string[]> {
  const trigger = triggers[name];
  try {
    const { person, app } = chosen();
    if ('story' in trigger) return (await world.stories.play(trigger.story, person, app)).did;
    return [await publishPost(person, app, page)];
  } catch (error) {
    if (error instanceof ControlError) throw error;
    if (error instanceof PersonError || error instanceof StoryFailed || name === 'feed')
      throw new ControlError(409, error instanceof Error ? error.message : String(error));
    throw error;
  }
}
