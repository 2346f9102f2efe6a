// Taking over from other products, and the way back: `@hallpass/vault/adopt`.
export { adopt, type AdoptedToken, type AdoptOptions, type ImportRows } from './adopt.ts';
export type { JoinedTable, OldKeys, OldRow, Product } from './product.ts';
export { productNames, type ProductName, products, tableWith } from './products.ts';
export { rowsOfText } from './text/rows-of-text.ts';
export { type NangoApi, rowsOfNango } from './nango-api.ts';
export { UnreadableSource } from './unreadable-source.ts';
export { rowsOfDatabase } from './rows-of-database.ts';
export { csvOf, jsonOf, nangoOf, type WayBack, statementsFor } from './way-back.ts';
