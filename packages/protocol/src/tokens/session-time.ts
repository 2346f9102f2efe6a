// This module writes times as the message of an expired session does: `Thursday, 09-Apr-15 15:00:00 PDT`, always in
// Pacific time.

let pacific: Intl.DateTimeFormat | undefined;

/** The format is made at the first use, which takes longer than loading all of this package. */
function pacificTime(): Intl.DateTimeFormat {
  pacific ??= new Intl.DateTimeFormat('en-US', {
    timeZone: 'America/Los_Angeles',
    weekday: 'long',
    day: '2-digit',
    month: 'short',
    year: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  return pacific;
}

/** @param epochSeconds the moment in seconds since 1970 */
export function sessionTime(epochSeconds: number): string {
  const part = Object.fromEntries(
    pacificTime()
      .formatToParts(epochSeconds * 1000)
      .map(({ type, value }) => [type, value]),
  );
  return `${part.weekday}, ${part.day}-${part.month}-${part.year} ${part.hour}:${part.minute}:${part.second} ${part.timeZoneName}`;
}
