// Calls to the servers of apps, as the control interface tells of them, for people.
import { shape } from '@hallpass/protocol';

export interface Delivery {
  id: number;
  time: string;
  method: string;
  to: string;
  ms: number;
  status?: number | undefined;
  error?: string | undefined;
}

export const delivery = shape.object<Delivery>({
  id: shape.number,
  time: shape.text,
  method: shape.text,
  to: shape.text,
  ms: shape.number,
  status: shape.optional(shape.number),
  error: shape.optional(shape.text),
});

/** `2026-11-29T20:00:00Z  3  POST http://localhost:3000/facebook/deauthorize  200  12 ms` */
export const deliveryLine = ({ id, time, method, to, status, error, ms }: Delivery): string =>
  `${time.replace(/\.\d+Z$/, 'Z')}  ${id}  ${method} ${to}  ${status ?? error ?? ''}  ${ms} ms`;
