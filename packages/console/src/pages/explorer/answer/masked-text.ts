// The raw text of an answer is made ready for the screen here: laid out, and with its tokens masked. What is copied is
// the answer itself.
const secret = /"(access_token|app_secret|client_secret|long_lived_token|id_token)":\s?"[^"]{5,}"/g;

export function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Tokens become their first letters and dots. */
export const maskedText = (text: string): string =>
  text.replaceAll(secret, (found, name: string) => {
    const value = found.slice(found.indexOf(':') + 1).trim();
    return `"${name}": ${value.slice(0, 5)}••••••••"`;
  });
