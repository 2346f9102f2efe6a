// A profile is what a Page says about itself in words: read with the Page, written by its token. Source: the fields of
// the page reference; the bounds are ours where it has none.
import type { PageProfile } from '../store/pages/pages.ts';

/** Says of each field what it is, and how many characters it may have. */
export const profileTexts = {
  about: { doc: 'What the Page says about itself.', max: 255 },
  bio: { doc: 'What the Page says about itself, in short.', max: 255 },
  description: { doc: 'What the Page says about itself, at length.', max: 5000 },
  general_info: { doc: 'General information.', max: 5000 },
  company_overview: { doc: 'The business of the company.', max: 5000 },
  mission: { doc: 'Why the company exists.', max: 5000 },
  impressum: { doc: 'The person or company responsible for the Page.', max: 5000 },
  website: { doc: 'Its web site.', max: 1000 },
  phone: { doc: 'Its telephone number.', max: 100 },
} as const satisfies Partial<Record<keyof PageProfile, { doc: string; max: number }>>;

export type ProfileText = keyof typeof profileTexts;
