// Every emulator that a command opens gets the same of this machine: its settings, its clock, chance and calls outside.
import type { EmulatorOptions } from '@hallpass/emulator';
import type { Outside } from './outside.ts';

type OfMachine = 'settings' | 'environment' | 'real' | 'random' | 'parallelism' | 'outbound';

export async function emulatorOptions(outside: Outside): Promise<Pick<EmulatorOptions, OfMachine>> {
  const { settingsFromEnvironment } = await import('@hallpass/server');
  return {
    settings: settingsFromEnvironment(outside.env),
    environment: outside.env['NODE_ENV'],
    real: outside.wall,
    random: outside.random,
    parallelism: outside.parallelism,
    outbound: outside.outbound,
  };
}
