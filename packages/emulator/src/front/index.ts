// This part brings programs to an emulator and is loaded before it, so that a command need not wait.
export {
  type Authority,
  isAuthorityFor,
  keyDigest,
  makeAuthority,
  makeHostCertificate,
  readAuthorityKey,
  type Surroundings,
} from './certificate.ts';
export type { FrontEvent } from './front.ts';
export { createJournal, type Journal, type JournalWriter } from '../journal/journal.ts';
export { type Report, reportOf } from '../journal/report.ts';
export type { Tunnel } from './proxy.ts';
export { certificatesIn, trustStore } from './trust-store.ts';
