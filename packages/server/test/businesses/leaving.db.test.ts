// These tests are about leaving a business in every way, on both databases.
import { describe } from 'node:test';
import { databases } from '../databases.ts';
import { leavingTable } from './leaving.ts';

for (const [name, open] of databases()) describe(name, () => leavingTable(open));
