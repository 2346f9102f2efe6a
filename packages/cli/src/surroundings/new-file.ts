// Files that a vault writes are there wholly or not at all, and only their owner may read them.
import { renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** Makes a file that is there wholly or not at all. Another run that writes the same file is left its half. */
export async function inNewFile(
  file: string,
  fill: (write: (line: string) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const unfinished = `${file}.new`;
  const target = await open(unfinished, 'wx', 0o600);
  try {
    try {
      await fill((line) => target.write(line));
      await target.sync();
    } finally {
      await target.close();
    }
    renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
}
