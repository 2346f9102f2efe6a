// The nonce of this answer: styles that are made in the browser carry it, or the content-security-policy refuses them.
export const nonce: string = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
