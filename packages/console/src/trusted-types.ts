// Nothing here makes markup out of text. Mantine writes style sheets as text into `<style>`; those pass, and anything
// with a tag in it is refused.
interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML(text: string): string }): unknown;
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };

trustedTypes?.createPolicy('default', {
  createHTML(text) {
    if (/<[a-z!/?]/i.test(text)) throw new TypeError('Markup is never made out of text.');
    return text;
  },
});
