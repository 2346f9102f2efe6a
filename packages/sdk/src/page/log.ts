// Mistakes of a page are told to its developer on the console of the browser. Nothing that is told holds a token.

export const warn = (message: string): void => console.warn(`FB: ${message}`);
export const complain = (message: string): void => console.error(`FB: ${message}`);

/** Calls what a page handed over: what it throws is the page's own error, and stops nothing here. */
export function tell<Values extends unknown[]>(
  callback: ((...values: Values) => void) | undefined,
  ...values: Values
): void {
  try {
    callback?.(...values);
  } catch (error) {
    reportError(error);
  }
}

type AnyFunction = (...values: unknown[]) => void;
export const isFunction = (value: unknown): value is AnyFunction => typeof value === 'function';
