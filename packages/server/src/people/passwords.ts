// Passwords are hashed here: argon2id by libsodium, in PHC form (threats CR-07). The whole password counts, in NFKC, so
// that the same keys on another keyboard give the same password; its length is checked before any hashing (threats 4.2,
// TB-08).
import sodium from 'sodium-native';
import type { Installation } from '../installation/installation.ts';
import type { HashCost, World } from '../world.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';

/** A new hash costs this. Raising it makes every hash be made anew at the next log-in. */
export const presentCost: HashCost = { passes: 2, memory: 19 * 1024 * 1024 };

/** The cost of hashes that guard nothing: their passwords are written in a seed file for everybody to read. */
export const leastCost: HashCost = { passes: 1, memory: 8192 };

const LEAST = 8;
const MOST = 1024;
const QUEUE = 100;

type PasswordFault = 'missing' | 'too_short' | 'too_long';

/** Finds what is wrong with a password as somebody chose it. */
export function passwordFault(password: string): PasswordFault | undefined {
  if (password === '') return 'missing';
  const bytes = bytesOf(password);
  if (bytes === undefined || bytes.length > MOST) return 'too_long';
  return bytes.length < LEAST ? 'too_short' : undefined;
}

/** The bytes that are hashed; undefined where the text is so long that it is not even normalised. */
function bytesOf(password: string): Buffer | undefined {
  return password.length > 4 * MOST ? undefined : Buffer.from(password.normalize('NFKC'), 'utf8');
}

/**
 * Makes the stored form, at once and beside the limit: for seeding. @throws RangeError for a password that nobody could
 * enter
 */
export function hashPassword(password: string, cost: HashCost = presentCost): Promise<string> {
  const bytes = bytesOf(password);
  if (bytes === undefined || passwordFault(password) !== undefined)
    throw new RangeError(`a password has ${LEAST} to ${MOST} bytes`);
  const out = Buffer.alloc(sodium.crypto_pwhash_STRBYTES);
  return new Promise((resolve, reject) => {
    sodium.crypto_pwhash_str_async(out, bytes, cost.passes, cost.memory, (error) => {
      if (error) reject(error);
      else resolve(out.toString('latin1', 0, out.indexOf(0)));
    });
  });
}

function verify(stored: string, password: string): Promise<boolean> {
  const bytes = bytesOf(password);
  if (bytes === undefined) return Promise.resolve(false);
  return new Promise((resolve, reject) => {
    sodium.crypto_pwhash_str_verify_async(padded(stored), bytes, (error, same) => {
      if (error) reject(error);
      else resolve(same);
    });
  });
}

function padded(stored: string): Buffer {
  const out = Buffer.alloc(sodium.crypto_pwhash_STRBYTES);
  out.write(stored, 'latin1');
  return out;
}

/** Returns what a new hash of this installation costs. */
const costOf = ({ world }: Pick<Installation, 'world'>): HashCost => world.passwordCost ?? presentCost;

/** True when a stored hash was made at another cost than that of new ones. */
export function outdated(stored: string, cost: HashCost = presentCost): boolean {
  return sodium.crypto_pwhash_str_needs_rehash(padded(stored), cost.passes, cost.memory);
}

/** A hash that no password fits: costs what a real one does. */
const nobodys = ({ passes, memory }: HashCost): string =>
  `$argon2id$v=19$m=${memory / 1024},t=${passes},p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

const limits = new WeakMap<World, ConcurrencyLimit>();

function limitOf({ world }: Pick<Installation, 'world'>): ConcurrencyLimit {
  const known = limits.get(world) ?? new ConcurrencyLimit(Math.max(1, world.parallelism), QUEUE);
  limits.set(world, known);
  return known;
}

/** The stored form of a new password. @throws GraphError server.away when too many are waiting */
export function newHash(installation: Pick<Installation, 'world'>, password: string): Promise<string> {
  return limitOf(installation).run(() => hashPassword(password, costOf(installation)));
}

/**
 * Takes as long as comparing a password does, for a try that is not looked at. Where many wait it is left out, and the
 * answer comes at once: a throttled try must not be refused for want of room.
 */
export async function passTime(installation: Pick<Installation, 'world'>, password: string): Promise<void> {
  if (passwordFault(password) !== undefined || !limitOf(installation).roomy) return;
  await limitOf(installation).run(() => verify(nobodys(costOf(installation)), password));
}

interface PasswordVerdict {
  right: boolean;
  /** The hash made anew at the present cost, where the stored one was outdated. */
  rehashed?: string;
}

/**
 * Compares. Takes as long for nobody (`stored` null), for an outdated hash and for a wrong password as for a right one
 * (threats TB-02). @throws GraphError server.away when too many are waiting
 */
export async function comparePassword(
  installation: Pick<Installation, 'world'>,
  stored: string | null,
  password: string,
): Promise<PasswordVerdict> {
  if (passwordFault(password) !== undefined) return { right: false };
  const cost = costOf(installation);
  return limitOf(installation).run(async () => {
    if (stored === null) {
      await verify(nobodys(cost), password);
      return { right: false };
    }
    const right = await verify(stored, password);
    if (!outdated(stored, cost)) return { right };
    if (right) return { right, rehashed: await hashPassword(password, cost) };
    await verify(nobodys(cost), password);
    return { right };
  });
}
