// This module reads JSON text as a value whose type was looked at, and not believed.
import type { Shape } from './shape.ts';

/** JSON text that isn't JSON, or not of its shape. The message holds nothing of the text, which may be a secret. */
export class ShapeError extends Error {
  override name = 'ShapeError';
}

/** Returns what the JSON text holds, or undefined if it isn't JSON of this shape: for what strangers send. */
export function parseJson<T>(shape: Shape<T>, json: string): T | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  return shape(value) ? value : undefined;
}

/**
 * Returns what the JSON text holds: for what we wrote ourselves. @throws ShapeError where it isn't JSON of this shape
 */
export function readJson<T>(shape: Shape<T>, json: string): T {
  const value = parseJson(shape, json);
  if (value === undefined) throw new ShapeError('Stored JSON does not have the shape that it should have.');
  return value;
}
