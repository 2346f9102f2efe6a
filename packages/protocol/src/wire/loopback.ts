// Names and addresses that lead to the machine itself: nothing that is sent there crosses a network.

/** True for `localhost` and the loopback addresses, IPv6 with or without brackets. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

/** True for an address that secrets may be sent to: https, or http on this machine (`*.localhost` too, RFC 6761). */
export const isHttpsOrLocal = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && (isLoopback(hostname) || hostname.endsWith('.localhost')));
