// Names as an attacker would choose them (threat catalogue WP-05), and addresses that lead elsewhere.

export const hostileNames: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' autofocus onfocus='alert(1)",
  '</title></style></textarea><svg onload=alert(1)>',
  '<!--<base href=https://evil.example/>',
  '{{7*7}}${7*7}<%=7*7%>',
  "'--",
  '&lt;b&gt;&#x3c;i&#x3e;',
  'Anna\u202egnp.exe',
  '\u2066\u2067hidden\u2069 \u200bzero\u200bwidth\ufeff',
  '\u0000\u0007\r\nSet-Cookie: a=b',
  '\ud800 half a character \udfff',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'Z\u0351\u0352\u0353\u0354\u0355\u0356\u0357\u0358\u0359a',
  '😀'.repeat(200),
  'x'.repeat(3000),
  '',
];

export const hostilePaths: readonly string[] = [
  'javascript:alert(1)',
  '//evil.example/',
  '/\\evil.example',
  '/a\\..\\b',
  'https://evil.example/',
  'https:evil.example',
  '/"><script>alert(1)</script>',
  '/a b',
  '/\u202epath',
  'data:text/html,x',
  '',
];
