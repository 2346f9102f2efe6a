// These samples are every view with props, once as people know them and, for tests, with any text in place of the words
// that come from outside.
import { accountSamples } from './samples/account.ts';
import { deviceSamples } from './samples/device.ts';
import { dialogSamples } from './samples/dialog.ts';
import { logInSamples } from './samples/log-in.ts';
import { messageSamples } from './samples/messages.ts';
import { vaultSamples } from './samples/vault.ts';
import { type Sample, sampleCast, type Text } from './samples/cast.ts';

/**
 * All views, in the states that look different. `text` is asked for every name and address, `path` for everything that
 * becomes a link of ours.
 */
export function samples(text: Text = (usual) => usual, path: Text = (usual) => usual): Sample[] {
  const cast = sampleCast(text, path);
  return [
    ...logInSamples(cast),
    ...accountSamples(cast),
    ...dialogSamples(cast),
    ...deviceSamples(cast),
    ...messageSamples(cast),
    ...vaultSamples(cast),
  ];
}
