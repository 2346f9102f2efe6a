// The life of a new token is told in one way: seconds from now as a number, and nothing at all for a token without an
// end.

/** @param expiresAt epoch seconds, 0 = never */
export const expiresIn = (expiresAt: number, now: number): { expires_in?: number } =>
  expiresAt === 0 ? {} : { expires_in: expiresAt - now };
