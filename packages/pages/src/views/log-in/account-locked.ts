// This page is for an account that the operator locked: nothing here unlocks it. Its tokens answer with code 190, subcode
// 490.
import { html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { notice } from '../../parts/notice.ts';
import { who } from '../../parts/who.ts';
import type { FormProps, PageProps, Person } from '../../props.ts';

export interface AccountLockedProps extends PageProps {
  person: Person;
  notYou: FormProps;
}

export function accountLocked({ platform, person, notYou }: AccountLockedProps): string {
  return cardPage(
    platform,
    { title: 'Your account is locked' },
    html`${notice('warn', 'lock', 'Your account is locked', html`<p>The people who run this platform locked it, and only they can unlock it. Ask them. Until then you can’t use it, and apps can’t act for you.</p>`)}
${who(person, notYou)}`,
  );
}
