import { enableCompileCache } from 'node:module';
if (process.argv[2] === 'cache') enableCompileCache('/tmp/hp/cc');
const t0 = performance.now();
await import(process.argv[3]!);
console.log(process.argv[3], (performance.now() - t0).toFixed(0));
