// A key of the REST interface has some of these rights, and no other.

export const rights = {
  read: 'see connections, their history and deliveries; never a token',
  connect: 'create links that connect, reconnect or hand over',
  manage: 'import, change and remove connections, apps, webhooks and mails',
  reveal: 'see a token; each time is recorded',
  export: 'take all tokens out of the vault; this is recorded for each of them',
  operate: 'sweep, rotate keys, and check the health of the vault',
} as const;

export type Right = keyof typeof rights;
