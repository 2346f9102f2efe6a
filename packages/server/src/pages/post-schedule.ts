// When a post may be scheduled for. Source: the guide to posts of Pages, and its reference.
import { graphError } from '@hallpass/protocol';

const MINUTE = 60;
const EARLIEST = 10 * MINUTE;
const LATEST = 180 * 86_400;

/** @param at epoch seconds @throws GraphError param.must_be outside of ten minutes to 180 days from now */
export function checkSchedule(at: number, now: number): void {
  if (at < now + EARLIEST || at > now + LATEST)
    throw graphError('param.must_be', { name: 'scheduled_publish_time', what: 'ten minutes to 180 days from now' });
}
