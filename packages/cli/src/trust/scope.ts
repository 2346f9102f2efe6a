// An authority of ours may sign for these names and those below them: all emulated hosts are among them.
import { gamingHost, metaDomain, metaScriptHost } from '@hallpass/protocol/hosts';

export const scope: readonly string[] = [metaDomain, metaScriptHost, gamingHost];
