// An answer is what goes back: status, headers, body. Made by the Graph, by pages and by refusals alike.

export interface HttpResponse {
  status: number;
  /** Lower-case names; `set-cookie` may be a list. */
  headers: Record<string, string | string[]>;
  body: string | Uint8Array;
}

/** One line of `__debug__`: what a call that worked should know. */
export interface DebugMessage {
  message: string;
  type: 'info' | 'warning';
  link?: string;
}
