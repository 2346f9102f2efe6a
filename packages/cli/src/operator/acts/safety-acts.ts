// The keys that seal tokens, the audit trail, and the fence after a backup was restored.
import { shape } from '@hallpass/protocol';
import {
  fence,
  followsFrom,
  listKeys,
  rotateKeys,
  sealAudit,
  verifyAudit,
  withdrawKey,
} from '@hallpass/server/operator';
import { momentInWords, table } from '../../printing/print.ts';
import { platformAct } from '../platform-act.ts';

const nothing = shape.object<Record<never, never>>({});

export const safetyActs = {
  'keys.list': platformAct({
    input: nothing,
    async run({ installation }) {
      const keys = await listKeys(installation);
      const rows = keys.map(({ id, status, createdAt, changedAt }) => [
        String(id),
        status,
        momentInWords(createdAt),
        momentInWords(changedAt),
      ]);
      const json = keys.map(({ id, status, createdAt, changedAt }) => ({
        id,
        status,
        created_at: createdAt,
        changed_at: changedAt,
      }));
      return { json: { keys: json }, text: table(rows, ['id', 'status', 'made', 'changed']) };
    },
  }),
  'keys.rotate': platformAct({
    input: nothing,
    async run({ installation, by }) {
      const { active, accepted } = await rotateKeys(installation, by);
      return {
        json: { active, accepted },
        text: `Key ${active} is now the active one. Tokens sealed by key ${accepted} keep working.`,
      };
    },
  }),
  'keys.withdraw': platformAct({
    input: shape.object<{ id: number; rotate: boolean }>({ id: shape.number, rotate: shape.boolean }),
    async run({ installation, by }, { id, rotate }) {
      const rotated = rotate ? await rotateKeys(installation, by) : undefined;
      await withdrawKey(installation, id, by);
      const activeWords = rotated ? ` Key ${rotated.active} is now the active one.` : '';
      return {
        json: { withdrawn: id, ...rotated },
        text: `Withdrew key ${id}. Its tokens no longer work.${activeWords}`,
      };
    },
  }),
  'audit.verify': platformAct({
    input: shape.object<{ head?: string }>({ head: shape.optional(shape.text) }),
    async run({ installation }, { head: earlier }) {
      // The head is the newest seal, so all that was added since the last one is sealed first.
      await sealAudit(installation);
      const { rows, brokenAt, brokenSeal, cut, head } = await verifyAudit(installation);
      const other = earlier !== undefined && !(await followsFrom(installation, earlier));
      const fault = faultOf({ brokenAt, brokenSeal, cut, other });
      const ok = fault === undefined;
      return {
        json: { ok, rows, broken_at: brokenAt ?? null, broken_seal: brokenSeal ?? null, cut: cut || other, head },
        text: table([
          ['lines', String(rows)],
          ['whole', ok ? 'yes' : 'no'],
          ['head', head === '' ? '(empty)' : head],
        ]),
        ...(ok ? {} : { fault }),
      };
    },
  }),
  fence: platformAct({
    input: nothing,
    async run({ installation, by }) {
      const active = await fence(installation, by);
      return {
        json: { fenced: true, active },
        text: `Ended every earlier token, code and session. Key ${active} is now the active one. Passwords, permissions and roles are those of the backup.`,
      };
    },
  }),
};

/** Says what is wrong with the audit trail; undefined where it is whole. */
function faultOf({
  brokenAt,
  brokenSeal,
  cut,
  other,
}: {
  brokenAt: number | undefined;
  brokenSeal: number | undefined;
  cut: boolean;
  other: boolean;
}): string | undefined {
  const changed = "doesn't follow from the one before it: it, or a line before it, was changed or removed.";
  if (brokenAt !== undefined) return `Line ${brokenAt} ${changed}`;
  if (brokenSeal !== undefined) return `Seal ${brokenSeal} ${changed}`;
  if (cut) return 'Lines are missing at the end of the trail, or of a part of it.';
  if (other)
    return 'The head of the earlier run is no longer in the trail: its end was cut off, or it is a different trail.';
  return undefined;
}
