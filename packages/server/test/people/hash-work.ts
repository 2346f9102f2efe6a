// This helper tells how much work passwords made: counted, whatever the machine is busy with.
import sodium from 'sodium-native';

/** Returns the costs of all password hashes that were compared while `act` ran, as PHC texts name them. */
export async function hashWorkOf(act: () => Promise<unknown>): Promise<string[]> {
  const real = sodium.crypto_pwhash_str_verify_async;
  const costs: string[] = [];
  sodium.crypto_pwhash_str_verify_async = (hash, password, done) => {
    costs.push(Buffer.from(hash).toString('latin1').split('$')[3] ?? '');
    real(hash, password, done);
  };
  try {
    await act();
  } finally {
    sodium.crypto_pwhash_str_verify_async = real;
  }
  return costs;
}
