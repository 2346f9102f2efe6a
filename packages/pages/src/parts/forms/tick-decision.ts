// A list of ticks can be set all at once, or filtered, by buttons of its form.

/** Values of `decision` that change the ticks of a list and leave the question open. */
export const tickDecisions = ['filter', 'show_all', 'tick_all', 'tick_none'] as const;

export type TickDecision = (typeof tickDecisions)[number];
