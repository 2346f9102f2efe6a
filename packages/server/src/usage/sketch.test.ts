// A sketch tells how many different people it has seen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Sketch } from './sketch.ts';

const of = (from: number, to: number): Sketch => {
  const sketch = new Sketch();
  for (let id = from; id < to; id++) sketch.add(String(10_158_000_000_000 + id));
  return sketch;
};

test('a few people are counted exactly, each once', () => {
  const sketch = of(0, 200);
  assert.equal(sketch.count, 200);
  assert.equal(sketch.add('10158000000007'), false);
  assert.equal(sketch.add('somebody else'), true);
  assert.equal(sketch.count, 201);
});

test('many people are counted within five per cent, in three kilobytes', () => {
  for (const many of [500, 5000, 100_000]) {
    const sketch = of(0, many);
    assert.ok(Math.abs(sketch.count - many) < many * 0.05, `${many}: ${sketch.count}`);
    assert.ok(sketch.text.length < 3000);
  }
});

test('two joined count everybody once, however they were stored', () => {
  for (const [a, b, together] of [
    [of(0, 100), of(50, 150), 150],
    [of(0, 5000), of(4900, 5000), 5000],
    [of(0, 100), of(0, 5000), 5000],
  ] as const) {
    const joined = Sketch.of(a.text);
    joined.join(Sketch.of(b.text));
    assert.ok(Math.abs(joined.count - together) <= together * 0.05, `${together}: ${joined.count}`);
  }
});

test('what is no sketch stands for nobody', () => {
  for (const text of ['', 'x', 'habc', 'nonsense']) assert.equal(Sketch.of(text).count, 0, text);
});
