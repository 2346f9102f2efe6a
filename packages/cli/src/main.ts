// The command line starts here.
import { start } from './start.ts';

await start(async () => {
  const { run } = await import('./run.ts');
  return (outside) => run(process.argv.slice(2), outside);
});
