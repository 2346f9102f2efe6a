// Calls set addresses of the web: those of http and https, without spaces and control characters.
import { graphError } from '@hallpass/protocol';
import { isWebAddress } from '../../apps/setting-kinds.ts';

/** @throws GraphError param.must_be for what is no address of the web */
export function checkWebAddress(name: string, text: string): void {
  if (!isWebAddress(text)) throw graphError('param.must_be', { name, what: 'a web address' });
}
