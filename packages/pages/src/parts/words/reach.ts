// Before an act that ends something its page says how much: devices that are logged out, apps whose tokens end.

export interface AccountReach {
  /** Devices besides this one that are logged in. */
  devices: number;
  /** Apps that the person has allowed something. */
  apps: number;
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** @param rest whether tokens rest and come back, in place of ending. One sentence; it says so where nothing ends. */
export function reachWords({ devices, apps }: AccountReach, rest = false): string {
  const parts = [
    ...(devices > 0 ? [`logs out ${counted(devices, 'other device', 'other devices')}`] : []),
    ...(apps > 0
      ? [`${rest ? 'stops' : 'ends'} every token that ${counted(apps, 'app holds', 'apps hold')} for you`]
      : []),
  ];
  return parts.length === 0
    ? 'No other device is logged in, and no app holds a token for you.'
    : `This ${parts.join(' and ')}.`;
}
