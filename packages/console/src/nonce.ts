// This is the nonce of the page's answer: styles that are made in the browser carry it, or the content-security-policy
// refuses them.
export const nonce: string = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// The part of Mantine that keeps a page from scrolling behind a window looks for the nonce under this name.
Object.assign(globalThis, { __webpack_nonce__: nonce });
