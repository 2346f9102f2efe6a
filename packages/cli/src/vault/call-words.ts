// The answers of a vault in words for people. Where none are better, an answer is printed as it is.
import { shape } from '@hallpass/protocol';
import {
  type CallName,
  type Connection,
  type ConnectionPage,
  type DialogLink,
  type Finding,
  type HolderState,
  holderStates,
  type ImportedToken,
  isWorking,
  type TimelineEnd,
} from '@hallpass/vault/client';
import { handleCallsInWords, handlesInWords, isHandleCalls, isHandles, isNewHandle } from './proxy/handle-words.ts';
import { isScopeReport, scopeReportInWords } from './proxy/scope-words.ts';
import { listInWords } from './list-words.ts';
import { durationInWords, momentInWords, table } from '../printing/print.ts';

const text = shape.text;
type ShownConnection = Pick<Connection, 'id' | 'name' | 'state' | 'until' | 'reconnectUrl' | 'reason'> & {
  note?: string | undefined;
};

const isConnection = shape.object<ShownConnection>({
  id: text,
  name: text,
  state: shape.keyOf(holderStates),
  until: shape.optional(shape.number),
  reconnectUrl: shape.optional(text),
  reason: shape.optional(text),
  note: shape.optional(text),
});
const isPage = shape.object<{
  connections: Pick<ConnectionPage['connections'][number], 'id' | 'name' | 'state' | 'until'>[];
}>({
  connections: shape.listOf(isConnection),
});
const isLink = shape.object<Pick<DialogLink, 'url'>>({ url: text });
const isImport = shape.object<{
  rows: Pick<ImportedToken, 'where' | 'name' | 'outcome' | 'id' | 'notes' | 'problem'>[];
}>({
  rows: shape.listOf(
    shape.object<Pick<ImportedToken, 'where' | 'name' | 'outcome' | 'id' | 'notes' | 'problem'>>({
      where: text,
      name: text,
      outcome: shape.oneOf('new', 'replaces', 'unchanged', 'refused'),
      id: shape.optional(text),
      notes: shape.listOf(text),
      problem: shape.optional(shape.object<{ key: string; words: string }>({ key: text, words: text })),
    }),
  ),
});
const isDoctor = shape.object<{ findings: Finding[] }>({
  findings: shape.listOf(shape.object<Finding>({ check: text, ok: shape.boolean, message: text })),
});

const isTimeline = shape.object<{ ends: Pick<TimelineEnd, 'name' | 'until' | 'of' | 'renewal' | 'ownerName'>[] }>({
  ends: shape.listOf(
    shape.object<Pick<TimelineEnd, 'name' | 'until' | 'of' | 'renewal' | 'ownerName'>>({
      name: text,
      until: shape.number,
      of: shape.oneOf('token', 'data_access'),
      renewal: shape.oneOf('automatic', 'with_parent', 'person'),
      ownerName: shape.optional(text),
    }),
  ),
});
const isAsked = shape.object<{
  connections: { id: string; name: string; outcome: string; to?: string[] | undefined }[];
}>({
  connections: shape.listOf(
    shape.object<{ id: string; name: string; outcome: string; to?: string[] | undefined }>({
      id: text,
      name: text,
      outcome: text,
      to: shape.optional(shape.listOf(text)),
    }),
  ),
});

/** @param now epoch seconds */
const endInWords = (until: number | undefined, now: number, state?: HolderState): string => {
  // The end of a token that no longer works is behind it, whatever its date was.
  if (state !== undefined && !isWorking(state) && state !== 'unreachable') return '-';
  if (until === undefined) return 'no end known';
  return until > now ? `ends in ${durationInWords(until - now)}` : `ended ${momentInWords(until)}`;
};

/** @param now epoch seconds */
export function callInWords(call: CallName, answer: object, now: number): string {
  if (call === 'list' && isPage(answer)) {
    const rows = answer.connections.map(({ id, name, state, until }) => [
      id,
      name,
      state,
      endInWords(until, now, state),
    ]);
    return rows.length === 0 ? 'There are no connections.' : table(rows, ['id', 'name', 'state', 'end']);
  }
  if ((call === 'get' || call === 'check' || call === 'update') && isConnection(answer)) {
    const { id, name, state, reason, until, reconnectUrl, note } = answer;
    return table([
      ['id', id],
      ['name', name],
      ['state', state],
      ['end', endInWords(until, now, state)],
      ...(reason === undefined ? [] : [['reason', reason]]),
      ...(reconnectUrl === undefined ? [] : [['reconnect', reconnectUrl]]),
      ...(note === undefined ? [] : [['note', note]]),
    ]);
  }
  if ((call === 'connect' || call === 'reconnect' || call === 'calendar') && isLink(answer)) return answer.url;
  if (call === 'import' && isImport(answer))
    return table(
      answer.rows.map(({ where, name, outcome, id, notes, problem }) => [
        where,
        name,
        outcome,
        id ?? '',
        [problem?.words ?? '', ...notes].join(' ').trim(),
      ]),
      ['row', 'name', 'outcome', 'id', 'details'],
    );
  if (call === 'timeline' && isTimeline(answer))
    return answer.ends.length === 0
      ? 'Nothing ends in this time.'
      : table(
          answer.ends.map(({ name, until, of, renewal, ownerName }) => [
            name,
            of === 'token' ? 'token' : 'access to data',
            endInWords(until, now),
            renewal === 'person' ? 'needs a person' : 'renewed by the vault',
            ownerName ?? 'the team',
          ]),
          ['name', 'what', 'end', 'renewal', 'owner'],
        );
  if (call === 'askAgain' && isAsked(answer))
    return table(
      answer.connections.map(({ id, name, outcome, to = [] }) => [
        id,
        name,
        outcome.replaceAll('_', ' '),
        to.join(', '),
      ]),
      ['id', 'name', 'outcome', 'to'],
    );
  if (call === 'doctor' && isDoctor(answer))
    return answer.findings.map(({ ok, check, message }) => `${ok ? 'ok   ' : 'MEND '} ${check}: ${message}`).join('\n');
  if (call === 'createHandle' && isNewHandle(answer)) return answer.handle;
  if (call === 'scopes' && isScopeReport(answer)) return scopeReportInWords(answer);
  if (call === 'listHandles' && isHandles(answer)) return handlesInWords(answer.handles, now);
  if (call === 'listHandleCalls' && isHandleCalls(answer)) return handleCallsInWords(answer.calls);
  if (call === 'reveal' && shape.object<{ token: string }>({ token: text })(answer)) return answer.token;
  return listInWords(call, answer) ?? JSON.stringify(answer, null, 2);
}

/** True where an answer tells of something that somebody has to see to: the command ends with a code of its own then. */
export function needsAttention(call: CallName, answer: object): boolean {
  if (call === 'import' && isImport(answer)) return answer.rows.some(({ outcome }) => outcome === 'refused');
  if (call === 'askAgain' && isAsked(answer)) return answer.connections.some(({ outcome }) => outcome === 'unknown');
  if (call === 'testMail' && shape.object<{ sent: boolean }>({ sent: shape.boolean })(answer)) return !answer.sent;
  return call === 'doctor' && isDoctor(answer) && answer.findings.some(({ ok }) => !ok);
}
