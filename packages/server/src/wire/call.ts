// A request after parsing is plain data, every parameter found in one place, bad input already refused.
import { type Version } from '@hallpass/protocol';
import type {
  CredentialPlace,
  Envelope,
  FieldRequest,
  Method,
  ParamValue,
  UploadedFile,
} from '@hallpass/protocol/request';
import type { Work } from './work.ts';

/** The transport hands this to `handle`: socket, TLS proxy, batch item and test all make one. */
export interface HttpRequest {
  method: string;
  /** `Host` header as it came, lower-cased. */
  host: string;
  /** 'https' behind a configured proxy that says so, or under TLS. */
  scheme: 'http' | 'https';
  /** Path as it came: not decoded, without the query. */
  path: string;
  /** Query as it came, without `?`; empty when there is none. */
  query: string;
  /** Lower-case names. A header that came twice is joined by ', ' except set-cookie. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  /** Address of the peer, after configured proxies. */
  address: string;
}

export interface GraphRequest {
  method: Method;
  /** True where the verb was HEAD: answered like GET, without a body, and never writes. */
  head: boolean;
  /** The host that was asked, with scheme: what printed addresses are built on, e.g. `http://localhost:4000`. */
  base: string;
  /** `v25.0`: what served the call. */
  version: Version;
  /** The version that was asked for, where it has ended and another serves the call. */
  insteadOf?: Version;
  /** True when the path named the version. */
  versioned: boolean;
  /** Decoded path segments after the version, e.g. `['me', 'accounts']`; empty for the root. */
  segments: readonly string[];
  /**
   * Every parameter of query and body except the token, the proof and the envelope switches below. A null-prototype
   * object.
   */
  params: Record<string, ParamValue>;
  /** The presented token, if any. */
  credential: string | undefined;
  credentialPlace: CredentialPlace | undefined;
  proof: string | undefined;
  proofTime: string | undefined;
  /** Another token that the proof may be over in place of the credential: the one that debug_token inspects. */
  proofAlsoOver?: string | undefined;
  /** A credential that was opened and is dead leaves its app here, and what it died of. */
  rejected?: { appId: string; cause: string; at: number | undefined } | undefined;
  /** `Authorization: Basic`, decoded. */
  basic: { id: string; secret: string } | undefined;
  /** `fields=`, parsed; undefined when absent or empty. */
  fields: FieldRequest[] | undefined;
  files: Record<string, UploadedFile>;
  /** Envelope switches. */
  envelope: Envelope;
  /** Network address of the caller, and its prefix for limits (IPv4 /24, IPv6 /64). */
  address: string;
  /** `If-None-Match`. */
  etag: string | undefined;
  /** `DPoP` header: a proof that the caller holds a key. */
  dpop?: string | undefined;
  userAgent: string;
  locale: string | undefined;
  /** Only members of a batch have it. */
  batchMember: boolean;
  /** The cost of this request so far; items of a batch share that of the batch. */
  work: Work;
  /** Opaque id of this request, also `fbtrace_id`. */
  traceId: string;
}
