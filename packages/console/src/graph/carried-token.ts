// A token is carried here on its way from one tool to another within this page. It's handed over once and in memory: an
// address, the history of the browser and its storage never hold one.
let carried: string | undefined;

export function carryToken(token: string): void {
  carried = token;
}

/** The token that another tool handed over, once. */
export function takeCarriedToken(): string | undefined {
  const token = carried;
  carried = undefined;
  return token;
}
