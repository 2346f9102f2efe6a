// A web server on node:http that keeps a token of one person and shows their name until the token dies.
import { createServer } from 'node:http';

/** @param options `graph`, the address of the Graph, and a `token` */
export function profileServer({ graph = 'https://graph.facebook.com', token }) {
  return createServer(async (_request, response) => {
    const me = await fetch(`${graph}/v25.0/me?fields=name`, { headers: { authorization: `Bearer ${token}` } });
    const body = await me.json();
    if (body.error?.code === 190) response.writeHead(302, { location: '/log-in' }).end();
    else response.end(`Hello ${body.name}`);
  });
}
