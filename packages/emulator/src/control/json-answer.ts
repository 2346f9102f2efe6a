// An answer of the control interface.
import type { HttpResponse } from '@hallpass/server';

export const json = (status: number, value: unknown): HttpResponse => ({
  status,
  headers: {
    'content-type': 'application/json; charset=UTF-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  },
  body: JSON.stringify(value),
});
