// These are the parts of something with many pages, in a row below its heading: a business, a person's settings.
import { Link } from '@tanstack/react-router';
import type { LucideIcon } from 'lucide-react';

export interface Section {
  /** The address, complete. */
  to: string;
  label: string;
  icon: LucideIcon;
  /** True for a page that the server draws without the console. */
  plain?: boolean;
}

export function SectionNav({
  label,
  sections,
  current,
}: {
  label: string;
  sections: readonly Section[];
  /** The address of the open one, or of the one that it belongs to. */
  current: string;
}) {
  return (
    <nav aria-label={label} className="sections">
      {sections.map(({ to, label: name, icon: Icon, plain = false }) => {
        const content = (
          <>
            <Icon size={16} aria-hidden /> {name}
          </>
        );
        return plain ? (
          <a key={to} href={to} className="section">
            {content}
          </a>
        ) : (
          <Link
            key={to}
            to={to}
            className="section"
            activeOptions={{ exact: true }}
            aria-current={to === current ? 'page' : undefined}
          >
            {content}
          </Link>
        );
      })}
    </nav>
  );
}
