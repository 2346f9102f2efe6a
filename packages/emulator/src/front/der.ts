// Values in DER (X.690), as certificates and trust stores are written. Made by hand, because a command that is wrapped
// by `hallpass exec` must not wait until a library for it is loaded.

/** One value: a tag, its length, its content (X.690, section 8.1). */
export function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  let length = 0;
  for (const part of content) length += part.length;
  const head = [tag, ...lengthOf(length)];
  const bytes = Buffer.allocUnsafe(head.length + length);
  bytes.set(head);
  let at = head.length;
  for (const part of content) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function lengthOf(bytes: number): number[] {
  if (bytes < 128) return [bytes];
  const octets: number[] = [];
  for (let rest = bytes; rest > 0; rest >>>= 8) octets.unshift(rest & 255);
  return [0x80 | octets.length, ...octets];
}

export const sequence = (...content: readonly Uint8Array[]): Buffer => der(0x30, ...content);
export const setOf = (...content: readonly Uint8Array[]): Buffer => der(0x31, ...content);
export const octets = (content: Uint8Array): Buffer => der(0x04, content);
export const isTrue = der(0x01, Buffer.from([0xff]));

/** A whole number of 0 to 2³¹-1. */
export function integer(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.unshift(rest & 255);
    rest >>>= 8;
  } while (rest > 0);
  return der(0x02, Buffer.from((bytes[0] ?? 0) > 127 ? [0, ...bytes] : bytes));
}

/** Random bytes as a positive number. */
export const serial = (bytes: Uint8Array): Buffer => der(0x02, Buffer.from([0x01]), bytes);

/** @param unused how many bits at the end do not count */
export const bits = (content: Uint8Array, unused = 0): Buffer => der(0x03, Buffer.from([unused]), content);

/** Text under a tag of its own: a name, an e-mail address, a moment. */
export const text = (tag: number, value: string): Buffer => der(tag, Buffer.from(value, 'utf8'));

/** Epoch seconds as GeneralizedTime; years before 2050 as UTCTime, which RFC 5280 (4.1.2.5) insists on. */
export function moment(seconds: number): Buffer {
  const digits = new Date(seconds * 1000).toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return digits < '2050' ? text(0x17, `${digits.slice(2)}Z`) : text(0x18, `${digits}Z`);
}

/** An object identifier in dotted form, e.g. `2.5.29.17`. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift(128 | (rest % 128));
  return digits;
}

/** A PEM block of these bytes. */
export function pem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
