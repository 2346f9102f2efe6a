// A measured process tells on request what it has used: processor time and memory.

interface Asked {
  id: number;
  ask: string;
  [key: string]: unknown;
}

/** Answers questions of the parent; `more` adds what the process knows besides. */
export function report(more: (message: Asked) => object | Promise<object>): void {
  process.on('message', (message: Asked) => {
    void (async () => {
      if (message.ask === 'gc') globalThis.gc?.();
      const { user, system } = process.cpuUsage();
      const extra = await more(message);
      const { rss, heapUsed, external } = process.memoryUsage();
      process.send?.({ id: message.id, cpu: user + system, rss, live: heapUsed + external, ...extra });
    })();
  });
  process.on('disconnect', () => process.exit(0));
}
