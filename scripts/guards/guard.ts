// Every guard speaks in one way: findings with file and line, grouped under the one sentence that says why the rule is
// there.

/** One place that breaks a rule. */
export interface Finding {
  path: string;
  /** Counted from 1; 0 where the whole file is meant. */
  line: number;
  /** The text that stands there. */
  what: string;
  /** One sentence: why the rule exists and what to do instead. */
  because: string;
}

/** The line, counted from 1, that holds the character at `index`. */
export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** Prints what was found, reason first, and sets the exit code. */
export function report(title: string, findings: readonly Finding[]): void {
  for (const [because, places] of Map.groupBy(findings, (finding) => finding.because)) {
    console.log(`\n${because}`);
    for (const { path, line, what } of places) console.log(`  ${path}${line > 0 ? `:${line}` : ''}  ${what}`);
  }
  if (findings.length > 0) console.log(`\n${title}: ${findings.length} to mend`);
  process.exitCode = findings.length > 0 ? 1 : 0;
}
