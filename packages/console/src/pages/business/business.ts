// These are the facts about a business that its pages share.
import { useQuery } from '@tanstack/react-query';
import { call } from '../../graph/door.ts';

export interface Business {
  id: string;
  name: string;
  vertical?: string;
  two_factor_type: string;
  require_expiring_tokens: boolean;
  created_time: string;
  /** The role of whoever is logged in. */
  my_role?: string;
}

export interface Named {
  id: string;
  name: string;
}

/** Names and explanations of the roles in a business. */
export const roleWords: Readonly<Record<string, { title: string; words: string }>> = {
  ADMIN: { title: 'Admin', words: 'Manages people, system users and everything that belongs to the business.' },
  EMPLOYEE: { title: 'Employee', words: 'Works only with assigned assets.' },
};

export const roleChoices = Object.entries(roleWords).map(([value, { title }]) => ({ value, label: title }));

export const roleTitle = (role: string): string => roleWords[role]?.title ?? role;

export const businessQuery = (businessId: string) => ({
  queryKey: ['business', businessId],
  queryFn: () =>
    call<Business>('GET', `/${businessId}`, {
      fields: 'id,name,vertical,two_factor_type,require_expiring_tokens,created_time,my_role',
    }),
});

export const useBusiness = (businessId: string) => useQuery(businessQuery(businessId));

/** True once it is known that whoever is logged in manages the business. */
export const useManages = (businessId: string): boolean => useBusiness(businessId).data?.my_role === 'ADMIN';

/** Epoch seconds of a moment as the Graph writes it. */
export const secondsOf = (moment: string): number => Math.floor(Date.parse(moment) / 1000);
