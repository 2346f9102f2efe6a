// These queries find out what the token in the box is and may do, asked with the token itself. The keys of these
// queries hold a number in place of it.
import { useQuery } from '@tanstack/react-query';
import type { Start } from '../../../graph/start.ts';
import { askWithToken, readWithToken } from '../../../graph/token-call.ts';
import { numberOf } from '../../../graph/token-number.ts';

export interface TokenDetails {
  app_id: string;
  application?: string;
  type: string;
  user_id?: string;
  profile_id?: string;
  is_valid: boolean;
  issued_at?: number;
  expires_at?: number;
  data_access_expires_at?: number;
  scopes?: readonly string[];
  error?: { message: string };
}

/** `debug_token` about the token, by the token. */
export const useDetails = (start: Start, token: string, enabled: boolean) =>
  useQuery({
    queryKey: ['token-details', numberOf(token)],
    queryFn: async () => {
      const path = `/${start.versions.default}/debug_token`;
      // The inspected token goes into the body of a POST that stands for a GET, so that no address holds it.
      const { data } = await readWithToken<{ data: TokenDetails }>({
        graph: start.graph,
        token,
        method: 'POST',
        path,
        params: { method: 'get', input_token: token },
        hidden: ['input_token'],
      });
      return data;
    },
    enabled: enabled && token !== '',
    staleTime: 10_000,
  });

export interface PermissionState {
  permission: string;
  status: 'granted' | 'declined' | 'expired';
}

export const useGranted = (start: Start, token: string) =>
  useQuery({
    queryKey: ['token-permissions', numberOf(token)],
    queryFn: () =>
      readWithToken<{ data: readonly PermissionState[] }>({
        graph: start.graph,
        token,
        method: 'GET',
        path: `/${start.versions.default}/me/permissions`,
      }),
    select: ({ data }) => new Map(data.map(({ permission, status }) => [permission, status])),
    enabled: token !== '',
    retry: false,
  });

export interface PageOfToken {
  id: string;
  name: string;
  access_token?: string;
}

export const usePagesOf = (start: Start, token: string) =>
  useQuery({
    queryKey: ['token-pages', numberOf(token)],
    queryFn: () =>
      readWithToken<{ data: readonly PageOfToken[] }>({
        graph: start.graph,
        token,
        method: 'GET',
        path: `/${start.versions.default}/me/accounts?fields=id,name,access_token&limit=100`,
      }),
    select: ({ data }) => data,
    enabled: token !== '',
    retry: false,
  });

/** The type that `metadata=1` names for a node, e.g. `Page`; undefined where the Graph doesn't say. */
export const useNodeType = (start: Start | undefined, token: string, node: string) =>
  useQuery({
    queryKey: ['node-type', numberOf(token), node],
    queryFn: async () => {
      const { value } = await askWithToken({
        graph: start?.graph ?? '',
        token,
        method: 'GET',
        path: `/${start?.versions.default}/${encodeURIComponent(node)}?metadata=1&fields=id`,
      });
      const { metadata } = (value ?? {}) as { metadata?: { type?: string } };
      return metadata?.type ?? null;
    },
    enabled: start !== undefined && token !== '' && node !== '',
    staleTime: 5 * 60_000,
  });
