// A route handler of a Next-style app: the dialog sends the person here with a code, and the answer greets them by name.
const graph = () => process.env.GRAPH_URL ?? 'https://graph.facebook.com';

export async function GET(request) {
  const { searchParams, origin, pathname } = new URL(request.url);
  if (searchParams.has('error')) return Response.json({ error: searchParams.get('error') }, { status: 403 });
  const query = new URLSearchParams({
    client_id: process.env.APP_ID ?? '',
    client_secret: process.env.APP_SECRET ?? '',
    redirect_uri: origin + pathname,
    code: searchParams.get('code') ?? '',
  });
  const redeemed = await fetch(`${graph()}/v25.0/oauth/access_token?${query}`);
  const { access_token: token } = await redeemed.json();
  if (!redeemed.ok) return Response.json({ error: 'log_in_again' }, { status: 401 });
  const me = await fetch(`${graph()}/v25.0/me?fields=name`, { headers: { authorization: `Bearer ${token}` } });
  if (me.status >= 500) return Response.json({ error: 'try_later' }, { status: 503 });
  const { name } = await me.json();
  return Response.json({ name });
}
