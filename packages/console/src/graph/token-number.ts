// A number stands for a token in this page: the keys under which answers are remembered hold it in place of the token.
const numbers = new Map<string, number>();

export function numberOf(token: string): number {
  const known = numbers.get(token);
  if (known !== undefined) return known;
  numbers.set(token, numbers.size + 1);
  return numbers.size;
}
