// This module runs one scenario against the bare server, in turns, and takes the medians of the rounds.
import type { Measured } from './child.ts';
import { load } from './load.ts';
import type { Scenario } from './scenarios.ts';

export interface Row {
  name: string;
  aim: number | undefined;
  /** The most processor time, in times that of the bare server; undefined where the aim is another one. */
  most: number | undefined;
  /** Throughput as a share of the bare server's. */
  share: number;
  /** Processor time per call, microseconds. */
  cpu: number;
  bareCpu: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  refused: number;
}

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The bytes the subject answers, so that the bare server answers the same. */
async function sample(port: number, request: Buffer): Promise<{ body: string; headers: Record<string, string> }> {
  const text = request.toString();
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [method = 'GET', url = '/'] = head.split(' ');
  const type = /content-type: (.*)/i.exec(head)?.[1];
  const answer = await fetch(`http://127.0.0.1:${port}${url}`, {
    method,
    ...(method === 'POST' ? { body: rest.join('\r\n\r\n'), headers: { 'content-type': type ?? '' } } : {}),
  });
  const headers = Object.fromEntries(
    [...answer.headers].filter(
      ([name]) => !['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding'].includes(name),
    ),
  );
  return { body: await answer.text(), headers };
}

export async function measure(
  scenario: Scenario,
  bare: Measured,
  subject: Measured,
  how: { rounds: number; seconds: number },
): Promise<Row> {
  const probe = await scenario.requests(subject);
  await bare.ask('answer', await sample(subject.port, probe.pop() as Buffer));
  const round = async (process: Measured, requests: Buffer[], once: boolean) => {
    if (process === subject) await process.ask('write', { perSecond: scenario.writes ?? 0 });
    const before = (await process.ask('cpu')).cpu;
    const result = await load({
      port: process.port,
      connections: 32,
      requests,
      milliseconds: how.seconds * 1000,
      once,
    });
    const cpu = (await process.ask('cpu')).cpu - before;
    if (process === subject) await process.ask('write', { perSecond: 0 });
    return { ...result, cpu: cpu / result.calls };
  };
  const repeatable = probe.length > 0 ? probe : await scenario.requests(subject);
  await round(bare, repeatable, false);
  await round(subject, scenario.once ? await scenario.requests(subject) : repeatable, scenario.once ?? false);
  const ours: Awaited<ReturnType<typeof round>>[] = [];
  const theirs: Awaited<ReturnType<typeof round>>[] = [];
  for (let i = 0; i < how.rounds; i++) {
    theirs.push(await round(bare, repeatable, false));
    ours.push(
      await round(subject, scenario.once ? await scenario.requests(subject) : repeatable, scenario.once ?? false),
    );
  }
  const per = scenario.per ?? 1;
  return {
    name: scenario.name,
    aim: scenario.aim,
    most: scenario.most,
    share: median(ours.map((one, i) => (one.perSecond * per) / (theirs[i]?.perSecond ?? Number.NaN))),
    cpu: median(ours.map((one) => one.cpu)) / per,
    bareCpu: median(theirs.map((one) => one.cpu)),
    p50: median(ours.map((one) => one.p50)),
    p99: median(ours.map((one) => one.p99)),
    refused: ours.reduce((sum, one) => sum + one.refused, 0),
  };
}
