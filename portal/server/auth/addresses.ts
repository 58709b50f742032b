import { isIPv6 } from 'node:net';

/**
 * Whom a limit counts: an IPv4 address, or the network of an IPv6 one (its first 64 bits), of which one person has as many
 * addresses as they like.
 */
export function addressOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped !== null) return mapped[1] ?? ip;
  if (!isIPv6(ip)) return ip;
  const [start = '', end] = (ip.split('%')[0] ?? '').toLowerCase().split('::');
  const before = start === '' ? [] : start.split(':');
  const after = end === undefined || end === '' ? [] : end.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  const groups = [...before, ...(end === undefined ? [] : zeros), ...after].slice(0, 4);
  return `${groups.map((group) => group.padStart(4, '0')).join(':')}::/64`;
}
