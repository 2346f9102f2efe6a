// The nonce of this answer: styles that are made in the browser carry it, or the content-security-policy refuses them.
export const nonce: string = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// The library that keeps the page still behind a dialog reads it from here.
Object.assign(globalThis, { __webpack_nonce__: nonce });
