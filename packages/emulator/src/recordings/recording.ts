// A recording holds calls and what a service answered, as one file of JSON. It holds no credential.
import { parseJson, shape } from '@hallpass/protocol';

/** The body of a request or of an answer. */
export type RecordedBody =
  | { json: unknown }
  | { form: [name: string, value: string][] }
  | { text: string }
  | { left_out: string };

export interface RecordedCall {
  request: {
    method: string;
    host: string;
    path: string;
    query: [name: string, value: string][];
    headers: Record<string, string>;
    body?: RecordedBody;
  };
  response: { status: number; headers: Record<string, string>; body: RecordedBody };
}

export interface Recording {
  hallpass_recording: 1;
  /** The address that was asked. */
  service: string;
  calls: RecordedCall[];
  /** There were more calls than are kept. */
  cut: boolean;
}

const jsonBody = (value: unknown): value is { json: unknown } => shape.anyObject(value) && 'json' in value;
const pairs: (value: unknown) => value is [string, string][] = shape.listOf(
  (value): value is [string, string] => Array.isArray(value) && value.length === 2 && value.every(shape.text),
);
const body = shape.either(
  shape.either(jsonBody, shape.object<{ form: [string, string][] }>({ form: pairs })),
  shape.either(
    shape.object<{ text: string }>({ text: shape.text }),
    shape.object<{ left_out: string }>({ left_out: shape.text }),
  ),
);
const call = shape.object<RecordedCall>({
  request: shape.object<RecordedCall['request']>({
    method: shape.text,
    host: shape.text,
    path: shape.text,
    query: pairs,
    headers: shape.mapOf(shape.text),
    body: shape.optional(body),
  }),
  response: shape.object<RecordedCall['response']>({ status: shape.number, headers: shape.mapOf(shape.text), body }),
});
const recording = shape.object<Recording>({
  hallpass_recording: shape.oneOf(1),
  service: shape.text,
  calls: shape.listOf(call),
  cut: shape.boolean,
});

/** Reads the text of a file; undefined where it is no recording. */
export const readRecording = (text: string): Recording | undefined => parseJson(recording, text);
