// Tests of token mix-ups share these words.
import { cast, type Reply } from '../../world.ts';

export const { shop, rival, draft, phone, bakery, ana, ben, cleo } = cast;
export const own = { client_id: shop.id, client_secret: shop.secret };
export const form = (params: Record<string, string>) => new URLSearchParams(params).toString();
export const error = ({ status, body }: Reply) => [status, body?.error?.code, body?.error?.error_subcode];

export async function replyOf(
  sending: Promise<{ status: number; headers: Reply['headers']; body: string | Uint8Array }>,
): Promise<Reply> {
  const { status, headers, body } = await sending;
  const text = String(body);
  return { status, headers, text, body: text === '' ? undefined : JSON.parse(text) };
}
