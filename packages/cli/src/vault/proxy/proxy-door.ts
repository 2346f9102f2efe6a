// The port of a vault's proxy. It is a port of its own: programs that have a handle never reach the service.
import type { HttpListener, ServeOptions } from '@hallpass/server';
import type { Vault } from '@hallpass/vault';
import { cannotListen } from '../../surroundings/listening.ts';
import type { Outside } from '../../surroundings/outside.ts';

export const PROXY_PORT = 4200;

interface DoorOptions extends Pick<ServeOptions, 'onBug' | 'trustedProxies'> {
  port: number;
  host: string;
  /** The address in the links of answers; that of the port where it is undefined. */
  publicUrl: string | undefined;
}

/** Opens the port. @throws CommandError where nothing can listen there */
export async function openProxyDoor(
  outside: Outside,
  vault: Vault,
  { port, host, publicUrl, onBug, trustedProxies = [] }: DoorOptions,
): Promise<HttpListener> {
  const [{ listen }, { createProxy }] = await Promise.all([import('@hallpass/server'), import('@hallpass/vault')]);
  let address = publicUrl ?? '';
  const proxy = createProxy({ vault, publicUrl: () => address });
  const door = await listen({
    handle: (request) => proxy.handle(request),
    trustedProxies,
    host,
    port,
    wall: outside.wall,
    traceId: () => '-',
    onBug,
  }).catch((error: unknown) => {
    throw cannotListen(error, port, host);
  });
  address = publicUrl ?? door.url;
  return door;
}
