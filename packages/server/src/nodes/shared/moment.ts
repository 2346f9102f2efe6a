// This module writes moments as the Graph does.

/** Epoch seconds as `2026-11-21T12:34:56+0000`. */
export const isoMoment = (at: number): string => `${new Date(at * 1000).toISOString().slice(0, 19)}+0000`;
