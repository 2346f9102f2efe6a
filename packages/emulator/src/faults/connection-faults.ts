// These things can go wrong on the way of an answer; their names are those that people know from Toxiproxy (small letters) and WireMock
// (capitals). Lengths of time are milliseconds, sizes are bytes, unless something else is said.

interface ConnectionFaultEntry {
  doc: string;
  /** Each with the number that stands where none is given. */
  attributes: Readonly<Record<string, number>>;
}

export const connectionFaults = {
  latency: {
    doc: 'The answer comes `latency` later, give or take `jitter`.',
    attributes: { latency: 1000, jitter: 0 },
  },
  bandwidth: { doc: 'The body comes at `rate` kilobytes each second.', attributes: { rate: 1 } },
  slow_close: { doc: 'The connection is closed `delay` after the answer.', attributes: { delay: 1000 } },
  timeout: {
    doc: 'Nothing is sent, and the connection is closed after `timeout`; with 0, after half a minute.',
    attributes: { timeout: 0 },
  },
  reset_peer: { doc: 'The connection is reset after `timeout`, before anything is sent.', attributes: { timeout: 0 } },
  slicer: {
    doc: 'The body comes in pieces of `average_size`, give or take `size_variation`, `delay` microseconds apart.',
    attributes: { average_size: 64, size_variation: 0, delay: 0 },
  },
  limit_data: { doc: 'The connection is closed after `bytes` of the body.', attributes: { bytes: 16 } },
  EMPTY_RESPONSE: { doc: 'The connection is closed without an answer.', attributes: {} },
  MALFORMED_RESPONSE_CHUNK: { doc: 'A good status, then an invalid chunk, then the end.', attributes: {} },
  RANDOM_DATA_THEN_CLOSE: { doc: "Bytes that aren't HTTP, then the end.", attributes: {} },
  CONNECTION_RESET_BY_PEER: { doc: 'The connection is reset.', attributes: {} },
  bad_json: { doc: 'A complete answer with half of its JSON.', attributes: {} },
} as const satisfies Record<string, ConnectionFaultEntry>;

export type ConnectionFaultName = keyof typeof connectionFaults;

const isName = (name: string): name is ConnectionFaultName => Object.hasOwn(connectionFaults, name);
export const connectionFaultNames: readonly ConnectionFaultName[] = Object.keys(connectionFaults).filter(isName);

export const entryOf = (name: ConnectionFaultName): ConnectionFaultEntry => connectionFaults[name];

/** A fault of one answer, with a number for each of its attributes. */
export interface ConnectionFault {
  name: ConnectionFaultName;
  attributes: Readonly<Record<string, number>>;
}
