// Asks the server why a call is answered as it is. The token goes into the body of a POST, and into nothing that is kept.
import type { Explanation } from '@hallpass/protocol';
import { useQuery } from '@tanstack/react-query';
import { call } from '../graph/door.ts';
import { numberOf } from '../graph/token-number.ts';

export interface WhyCall {
  /** Path and parameters, without a credential, e.g. `me/accounts?fields=name`. */
  call: string;
  method?: 'GET' | 'POST' | 'DELETE';
  /** The token that makes the call: none where it is empty, the web session where it is absent. */
  token?: string | undefined;
}

export const useWhy = ({ call: path, method = 'GET', token }: WhyCall) =>
  useQuery({
    queryKey: ['why', method, path, token === undefined ? 'session' : numberOf(token)],
    queryFn: () =>
      call<Explanation>(
        'POST',
        '/why',
        {
          call: path.replace(/^\/+/, ''),
          call_method: method,
          input_token: token === '' ? undefined : token,
          by_me: token === undefined ? true : undefined,
        },
        ['input_token'],
      ),
    enabled: path !== '',
    staleTime: 0,
    gcTime: 0,
  });
