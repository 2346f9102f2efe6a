// This step is about the rest of the request: what is wrong in it is told to the app, at the address that was just
// checked.
import type { Told, VisitWith } from '../visit.ts';

export function requestSound({ app, request }: VisitWith<'app'>): Told | undefined {
  if (request.fault) return { is: 'told', error: request.fault };
  const pkceMissing = app.settings.requirePkce && request.responses.includes('code') && !request.challenge;
  return pkceMissing ? { is: 'told', error: 'invalid_request' } : undefined;
}
