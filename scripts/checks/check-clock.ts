// Guard: time, chance, environment and streams are touched only where guards/clock-rules.ts allows it.
import { matchesGlob } from 'node:path';
import { allowed, because, type Outside, outside } from '../guards/clock-rules.ts';
import { sourceFiles, type TextFile } from '../guards/files.ts';
import { type Finding, lineAt, report } from '../guards/guard.ts';
import { layers } from '../guards/lexer.ts';

/** Lists what this file may touch directly. */
function mayTouch(path: string): Set<Outside> {
  return new Set(allowed.filter((entry) => matchesGlob(path, entry.files)).flatMap((entry) => entry.may));
}

export function findings(files: readonly TextFile[]): Finding[] {
  const found: Finding[] = [];
  for (const { path, text } of files) {
    const may = mayTouch(path);
    const forbidden = (Object.keys(outside) as Outside[]).filter((name) => !may.has(name));
    if (forbidden.length === 0) continue;
    const layer = layers(text);
    for (const name of forbidden) {
      const rule = outside[name];
      for (const match of layer[rule.in].matchAll(rule.pattern)) {
        found.push({ path, line: lineAt(text, match.index), what: match[0].trim(), because: because[name] });
      }
    }
  }
  return found;
}

if (import.meta.main) report('clock', findings(sourceFiles()));
