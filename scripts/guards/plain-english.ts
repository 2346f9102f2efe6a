// This table holds, as data, phrases that read like a translation, with what to write in their place. They are looked for
// in every sentence that a user reads: pages, console, commands, errors, mails, descriptions and guides.

interface Phrase {
  pattern: RegExp;
  /** One sentence: how a native writer says it. */
  because: string;
}

export const phrases: readonly Phrase[] = [
  {
    pattern: /\bwho(?:so)?(?:m|se)?ever\b/gi,
    because: '"Whoever" makes a riddle of a subject: write "someone who …", "anyone with …" or "the person who …".',
  },
  {
    pattern: /(?:^[ \t]*|[.!?:>] )(?:Who|Whom|Whose) [^.?!:|\n]{3,}\.(?!\w)/gm,
    because: 'A sentence does not begin with a bare "who": name the person. A question ends with a question mark.',
  },
  {
    pattern:
      /(?:^[ \t]*|[.!?] )What(?: (?!happens|to )[^.?!:|;`\n]{3,}) (?:is|are|was|were|has|had|may|can|does|did|stays|goes|lives)\b[^.?!:|\n]*\.(?!\w)/gm,
    because: 'A sentence does not begin with a bare "what": name the thing.',
  },
  { pattern: /\bat present\b/gi, because: 'Write "now", "right now", or leave it out.' },
  { pattern: /\btak(?:e|es|ing) the place of\b/gi, because: 'Write "replaces".' },
  { pattern: /\b(?:of|from) before\b(?! v?\d)/gi, because: 'Write "earlier": earlier tokens, the earlier words.' },
  {
    pattern: /\b(?:is|are) not there\b|\b(?:is|are) there (?:already|again)\b/gi,
    because: 'Write "doesn\'t exist", "is missing" or "already exists".',
  },
  { pattern: /\bDone: /g, because: 'Say what was done: "Locked the account of NAME."' },
  { pattern: /\bits makers\b/gi, because: 'Write "its developers".' },
  { pattern: /\b(?:shown|printed) this once\b/gi, because: 'Write "shown only once".' },
  { pattern: /\bwhat (?:became|becomes) of\b/gi, because: 'Write "progress", "state" or "answer".' },
  { pattern: /(?<=\w )anew\b/gi, because: 'Write "again", or "with a new key".' },
  { pattern: /\balso (?:if|when|where|though)\b/gi, because: 'Write "even if", "even when", or "and when".' },
  { pattern: /\bhand(?:s|ed|ing)? on\b/gi, because: 'Write "pass on".' },
  {
    pattern: /\b(?:is|are) of use\b|\bonce it has served\b/gi,
    because: 'Write "works", or "when you no longer need it".',
  },
  { pattern: /\btells? of\b/gi, because: 'Write "says", "describes" or "reports".' },
  { pattern: /\bif it likes\b|\bfor the moment\b|\band its kin\b/gi, because: 'Leave it out, or say it plainly.' },
  { pattern: /\bCtrl-[A-Z]\b/g, because: 'Write "Ctrl+C", as everywhere.' },
  {
    pattern:
      /(?<![\d.,:/-])\b1 (?:accounts|apps|calls|connections|days|files|hours|keys|lines|mails|minutes|Pages|people|permissions|problems|rows|seconds|tokens|values)\b/g,
    because: 'One thing has no plural: count with `counted` of the command line, or a word for each case.',
  },
  {
    pattern:
      /(?<=\n\n|^ {2}[a-z][a-z-]* (?:\[options\] ?)?(?:<[a-z-]+> ?)* +)(?:Adds|Asks|Changes|Checks|Counts|Creates|Deletes|Ends|Finds|Gives|Imports|Lists|Makes|Prints|Removes|Reports|Restores|Seals|Sends|Sets|Shows|Takes|Tells|Writes) (?:a|all|an|the|tokens|which)\b/gm,
    because: 'The description of a command is an order: "Show the state", not "Shows the state".',
  },
  { pattern: /\bon order only\b|\bas in earnest\b/gi, because: 'Say it plainly: "only when you ask for it", "real".' },
];
