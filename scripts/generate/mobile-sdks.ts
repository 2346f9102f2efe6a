// This module writes the reference page of the calls that the mobile SDKs make.
import { sdkCalls, sdkMoments } from '@hallpass/conformance';
import { code, grouped, table } from './markdown.ts';

const withToken = { none: 'none', client: 'client token', user: 'token of the person' } as const;

export function mobileSdkPage(): string {
  const moments = grouped(sdkCalls, ({ at }) => at);
  return [
    '# Calls of the mobile SDKs',
    'The current Android and iOS SDKs of Meta make these calls, as their published source has them. Each is a case of the conformance suite: it is made as the SDK makes it, and answered in the form that the SDK reads. `{app-id}` is the app; the other words in braces come from the call before. Their start asks for settings that say nothing about an app, some of them without a token; nothing of what they report is kept.',
    ...moments.flatMap(([at, calls]) => [
      `## ${sdkMoments[at]}`,
      table(
        ['SDK', 'call', 'parameters', 'token', 'why', 'source'],
        calls.map(({ sdk, method, path, params, token, does, source }) => [
          sdk,
          code(`${method} ${path}`),
          Object.keys(params)
            .map((name) => code(name))
            .join(', '),
          withToken[token],
          `It ${does}.`,
          code(source),
        ]),
      ),
    ]),
    'A program without a telephone manages its token the same way with `@hallpass/client/native`: see [Log in from a program](../guide/programs.md).',
  ].join('\n\n');
}
