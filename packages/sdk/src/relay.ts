// This script runs on the relay page, where the dialog leads with its answer in the fragment. It takes the answer out of
// the address at once, and posts it to the window that opened the dialog: to the one origin that the server has checked
// before it sent anybody here.

const fragment = location.hash.slice(1);
history.replaceState(null, '', location.pathname);

const values = new URLSearchParams(fragment);
const [origin = '', ...others] = values.getAll('origin');
const opener: Window | null = values.get('relation') === 'parent' ? window.parent : window.opener;

/** A page that nobody opened has nobody to tell: it stays, and says that it can be closed. */
function post(): void {
  if (others.length === 0 && opener !== null && opener !== window && URL.canParse(origin))
    opener.postMessage(fragment, new URL(origin).origin);
}

post();

export {};
