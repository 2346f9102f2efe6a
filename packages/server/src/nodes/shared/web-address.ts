// Addresses of the web that calls set: those of http and https, without spaces and control characters.
import { graphError } from '@hallpass/protocol';

export const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s\p{Cc}]+$/iu.test(text) && URL.canParse(text);

/** @throws GraphError param.must_be for what is no address of the web */
export function checkWebAddress(name: string, text: string): void {
  if (!isWebAddress(text)) throw graphError('param.must_be', { name, what: 'a web address' });
}
