// An emulator can be ordered to refuse at these steps of requests. Each comes after the true checks before it, so an
// ordered refusal takes the place of an answer, and never of a refusal that the rules themselves would have given.
import { type ErrorKey, GraphError } from '@hallpass/protocol';

export const faultSteps = {
  'graph.authenticated': {
    doc: 'A call of the Graph whose token is alive. The caller sees a token that has died.',
  },
  'graph.authorised': { doc: 'A call of the Graph that its caller may make. Nothing was done yet.' },
  'graph.answered': {
    doc: 'A call of the Graph or of the token endpoint that has done its work: what it changed stays, and the answer is lost.',
  },
  'token.checked': { doc: 'A call of the token endpoint whose client is known. No code was used up yet.' },
  'dialog.opened': { doc: 'A dialog whose app and address are in order. The app is told at its address.' },
  'dialog.decided': {
    doc: 'A dialog in which the person has decided everything. Nothing is recorded, and the app is told at its address.',
  },
  page: { doc: 'A page or form of ours that would be answered. The browser shows that something went wrong.' },
  callback: {
    doc: 'A call to the server of an app. It is not sent, and counts as answered with the status of the error.',
  },
} as const satisfies Record<string, { doc: string }>;

export type FaultStep = keyof typeof faultSteps;

/** A request that comes to a step is described by this: an order may hold for some requests only. */
export interface FaultPoint {
  /** Upper case. */
  method: string;
  /** Segments after the version, joined by `/`; for a callback its kind. */
  path: string;
  /** Ids of the platform. */
  app?: string | undefined;
  person?: string | undefined;
  page?: string | undefined;
  token?: string | undefined;
  traceId?: string | undefined;
}

/** A refusal that was ordered. */
export class OrderedFault extends GraphError {
  /** Id of the order. */
  readonly order: string;
  override readonly status: number;

  /** @param status of the answer; that of the catalogue's entry when it is not given */
  constructor(order: string, key: ErrorKey, params: Record<string, string>, status?: number) {
    super(key, params);
    this.order = order;
    this.status = status ?? this.entry.status;
  }
}

/** Faults are what was ordered of an emulator. A world without orders has none, so a step costs one look. */
export interface Faults {
  /** The fault for this request at this step, if one is ordered; it counts as given. */
  take(step: FaultStep, point: FaultPoint): OrderedFault | undefined;
}

/** Says in an answer which order it follows; lower case. */
export const FAULT_HEADER = 'x-hallpass-fault';
