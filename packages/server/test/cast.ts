// These people, apps and Pages are in every test.
import { AppId, PageId, PersonId } from '../src/store/ids.ts';

export const cast = {
  ana: { id: PersonId.of('1001'), name: 'Ana Maria Lopes', email: 'ana@example.com', password: 'ana-password-1' },
  ben: { id: PersonId.of('1002'), name: 'Ben Okafor', email: 'ben@example.com', password: 'ben-password-2' },
  cleo: { id: PersonId.of('1003'), name: 'Cleo Dupont', email: 'cleo@example.com', password: 'cleo-password-3' },
  /** Live web app of Ben, advanced access to the page permissions. */
  shop: {
    id: AppId.of('2001'),
    secret: '11111111111111111111111111111111',
    clientToken: '21111111111111111111111111111111',
  },
  /** Live web app of Cleo. */
  rival: {
    id: AppId.of('2002'),
    secret: '12222222222222222222222222222222',
    clientToken: '22222222222222222222222222222222',
  },
  /** In development; Ben is its administrator, Ana has no role. */
  draft: {
    id: AppId.of('2003'),
    secret: '13333333333333333333333333333333',
    clientToken: '23333333333333333333333333333333',
  },
  /** Native app, live. */
  phone: {
    id: AppId.of('2004'),
    secret: '14444444444444444444444444444444',
    clientToken: '24444444444444444444444444444444',
  },
  /** Ana has all tasks, Ben may analyse and moderate. */
  bakery: { id: PageId.of('3001'), name: 'Corner Bakery' },
  /** Ana has all tasks. */
  garden: { id: PageId.of('3002'), name: 'Old Garden' },
} as const;
