// What an authority of ours may sign for: the emulated hosts are these and hosts below them.
import { gamingHost, metaDomain, metaScriptHost } from '@hallpass/protocol';

export const scope: readonly string[] = [metaDomain, metaScriptHost, gamingHost];
