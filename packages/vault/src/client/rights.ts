// A key of the REST interface has some of these rights, and no other.

export const rights = {
  read: 'see connections, their history, and how deliveries went; never a token',
  connect: 'make links that connect, reconnect or hand over',
  manage: 'import, change and remove connections, apps, webhooks and mails',
  reveal: 'be shown a token; each time is written down',
  operate: 'sweep, rotate keys, and ask how the vault is',
} as const;

export type Right = keyof typeof rights;
