// Handles and their calls in words for people.
import { shape } from '@hallpass/protocol';
import type { Handle, HandleCall } from '@hallpass/vault/client';
import { momentInWords, table } from '../../printing/print.ts';

const { text, number } = shape;

type ShownHandle = Pick<Handle, 'id' | 'purpose' | 'connectionId' | 'allow' | 'until' | 'withdrawnAt' | 'usedAt'>;
type ShownCall = Pick<HandleCall, 'at' | 'handleId' | 'method' | 'path' | 'status' | 'refusedBy' | 'bytesOut' | 'ms'>;

export const isNewHandle = shape.object<{ handle: string }>({ handle: text });
export const isHandles = shape.object<{ handles: ShownHandle[] }>({
  handles: shape.listOf(
    shape.object<ShownHandle>({
      id: text,
      purpose: text,
      connectionId: text,
      allow: text,
      until: shape.optional(number),
      withdrawnAt: shape.optional(number),
      usedAt: shape.optional(number),
    }),
  ),
});
export const isHandleCalls = shape.object<{ calls: ShownCall[] }>({
  calls: shape.listOf(
    shape.object<ShownCall>({
      at: number,
      handleId: text,
      method: text,
      path: text,
      status: shape.optional(number),
      refusedBy: shape.optional(text),
      bytesOut: number,
      ms: number,
    }),
  ),
});

const stateOf = ({ until, withdrawnAt }: ShownHandle, now: number): string => {
  if (withdrawnAt !== undefined) return `withdrawn ${momentInWords(withdrawnAt)}`;
  if (until === undefined) return 'in use';
  return until > now ? `until ${momentInWords(until)}` : `over since ${momentInWords(until)}`;
};

/** @param now epoch seconds */
export function handlesInWords(handles: readonly ShownHandle[], now: number): string {
  if (handles.length === 0) return 'There are no handles.';
  const rows = handles.map((handle) => [
    handle.id,
    handle.purpose,
    handle.connectionId,
    stateOf(handle, now),
    handle.usedAt === undefined ? 'never' : momentInWords(handle.usedAt),
    handle.allow,
  ]);
  return table(rows, ['id', 'purpose', 'connection', 'state', 'used', 'allows']);
}

export function handleCallsInWords(calls: readonly ShownCall[]): string {
  if (calls.length === 0) return 'No calls came through the proxy.';
  const rows = calls.map(({ at, handleId, method, path, status, refusedBy, bytesOut, ms }) => [
    momentInWords(at),
    handleId,
    method,
    path,
    status === undefined ? 'no answer' : String(status),
    `${bytesOut} B`,
    `${ms} ms`,
    refusedBy === undefined ? '' : `refused by the proxy: ${refusedBy}`,
  ]);
  return table(rows, ['time', 'handle', 'method', 'path', 'status', 'size', 'took', 'note']);
}
