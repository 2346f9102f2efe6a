// The inside of a sealed run starts here. It reads no command line: the process outside hands over what was asked for.
import { start } from '../start.ts';

await start(async () => {
  const { runInside } = await import('./inside.ts');
  const { codeOf } = await import('../exit.ts');
  // Ends at once: nothing that this process still holds is of use, and the command line waits for it.
  return (outside) => runInside(outside).catch((error: unknown) => outside.end(codeOf(error, outside)));
});
