// The name server of a sealed run (RFC 1035): it knows Meta's hosts, and notes what else is asked. With --passthrough
// every other name gets a loopback address of its own, where connections to the usual ports are let through.
import { createSocket, type RemoteInfo } from 'node:dgram';
import type { Tunnel } from '@hallpass/emulator/front';
import { joinWith, listenLoopback } from '../exec/loopback.ts';

interface NamesOptions {
  isOurs(host: string): boolean;
  /** Opens a name of the open network; without it there are no such names. */
  passthrough: Tunnel | undefined;
  /** Is told of every name that is not ours, each time it is asked for an address. */
  noted(host: string): void;
}

const ADDRESS = 1;
const NO_SUCH_NAME = 3;
/** Ports that are let through to other hosts. */
const ports = [443, 80];
/** Names that get an address: a program that asks for more is told that there are none. */
const MOST_NAMES = 250;

/** @param address where it listens, and where our own names lead */
export async function openNames(address: string, options: NamesOptions): Promise<{ close(): void }> {
  const socket = createSocket('udp4');
  const others = otherNames(options.passthrough);
  socket.on('message', (message, from) => void answer(message, from));
  socket.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(53, address, resolve);
  });

  async function answer(message: Buffer, from: RemoteInfo): Promise<void> {
    const question = questionOf(message);
    if (!question) return;
    const { name, type, end } = question;
    const ours = options.isOurs(name) || name === 'localhost';
    const found = ours ? (name === 'localhost' ? '127.0.0.1' : address) : await others.addressOf(name);
    if (!ours && type === ADDRESS) options.noted(name);
    const reply = Buffer.concat([
      message.subarray(0, end),
      type === ADDRESS && found ? record(found) : Buffer.alloc(0),
    ]);
    reply.writeUInt16BE(0x8180 | (found ? 0 : NO_SUCH_NAME), 2);
    reply.writeUInt16BE(1, 4);
    reply.writeUInt16BE(type === ADDRESS && found ? 1 : 0, 6);
    reply.writeUInt32BE(0, 8);
    socket.send(reply, from.port, from.address);
  }

  return {
    close() {
      socket.close();
      others.close();
    },
  };
}

/** The first question of a query; undefined for what is none. */
function questionOf(message: Buffer): { name: string; type: number; end: number } | undefined {
  if (message.length < 17 || message.readUInt16BE(4) !== 1 || (message.readUInt16BE(2) & 0xf800) !== 0)
    return undefined;
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    if (length > 63 || at + 1 + length + 4 > message.length) return undefined;
    labels.push(message.subarray(at + 1, at + 1 + length).toString('latin1'));
    at += 1 + length;
  }
  if (at + 5 > message.length) return undefined;
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

/** An address for the name of the question, for a minute. */
function record(address: string): Buffer {
  const head = Buffer.from([0xc0, 12, 0, ADDRESS, 0, 1, 0, 0, 0, 60, 0, 4]);
  return Buffer.concat([head, Buffer.from(address.split('.').map(Number))]);
}

/** Loopback addresses for names of the open network, each with its listeners. */
function otherNames(tunnel: Tunnel | undefined) {
  const known = new Map<string, Promise<string | undefined>>();
  const doors: { close(): void }[] = [];
  async function listen(name: string, address: string): Promise<string | undefined> {
    if (!tunnel) return undefined;
    for (const port of ports)
      doors.push(await listenLoopback(address, port, (connection) => void joinWith(connection, tunnel(name, port))));
    return address;
  }
  return {
    addressOf(name: string): Promise<string | undefined> {
      const present = known.get(name);
      if (present) return present;
      if (!tunnel || known.size >= MOST_NAMES) return Promise.resolve(undefined);
      const address = listen(name, `127.0.1.${known.size + 1}`);
      known.set(name, address);
      return address;
    },
    close: () => doors.forEach((door) => door.close()),
  };
}
