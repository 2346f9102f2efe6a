// These are the parts of something with many pages, in a row below its heading: a business, a person's settings.
import { Link } from '@tanstack/react-router';
import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';

export interface Section {
  /** The address, complete. */
  to: string;
  label: string;
  icon: LucideIcon;
  /** True for a page that the server draws without the console. */
  plain?: boolean;
}

interface SectionNavProps {
  label: string;
  sections: readonly Section[];
  /** The address of the open one, or of the one that it belongs to. */
  current: string;
  /** True where the column at the left lists the same, as far as it is seen. */
  listedAtLeft?: boolean;
}

export function SectionNav({ label, sections, current, listedAtLeft = false }: SectionNavProps) {
  const row = useRef<HTMLElement>(null);
  // On a telephone the row is longer than the window: the open part comes into sight.
  useEffect(() => {
    const here = row.current?.querySelector<HTMLElement>(`[href="${current}"]`);
    if (row.current && here) row.current.scrollLeft = here.offsetLeft - row.current.offsetLeft - 16;
  }, [current]);
  return (
    <nav aria-label={label} className={listedAtLeft ? 'sections listed-at-left' : 'sections'} ref={row}>
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
            className={to === current ? 'section current' : 'section'}
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
