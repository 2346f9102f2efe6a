// The brand is the mark and the name: a pass on a strap with a tick on it, as the dialog shows it.
import { platformName } from '../graph/start.ts';

export function Brand() {
  const name = platformName.use();
  return (
    <>
      <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
        <path
          fill="var(--brand)"
          fillRule="evenodd"
          d="M8 2h8v3h1.5A3.5 3.5 0 0 1 21 8.5v10a3.5 3.5 0 0 1-3.5 3.5h-11A3.5 3.5 0 0 1 3 18.5v-10A3.5 3.5 0 0 1 6.5 5H8zm2 2v3h4V4z"
        />
        <path
          fill="none"
          stroke="var(--on-brand)"
          strokeWidth="2.2"
          strokeLinecap="round"
          strokeLinejoin="round"
          d="m8 14.2 2.8 2.8 5.2-5.5"
        />
      </svg>
      <span dir="auto">{name}</span>
    </>
  );
}
