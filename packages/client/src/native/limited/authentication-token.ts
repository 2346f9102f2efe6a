// The id_token of a Limited Login: it says who the person is, and opens nothing of the Graph. Members as the classes
// `AuthenticationToken` of the Android and iOS SDKs have them.
import { shape, type Shape } from '@hallpass/protocol';
import { type AuthenticationTokenClaims, type IdTokenHeader, type ReadIdToken, readIdToken } from './id-token.ts';
import { sharedManager } from '../shared.ts';

/** An authentication token as stores keep it. */
export interface AuthenticationTokenJson {
  token_string: string;
  expected_nonce: string;
  graph_domain: string;
}

export const authenticationTokenShape: Shape<AuthenticationTokenJson> = shape.object<AuthenticationTokenJson>({
  token_string: shape.text,
  expected_nonce: shape.text,
  graph_domain: shape.text,
});

export class AuthenticationToken {
  /** The id_token. */
  readonly token: string;
  readonly expectedNonce: string;
  readonly graphDomain: string;
  readonly #parts: ReadIdToken;

  /** Reads an id_token that has been checked already. @throws IdTokenRefused for what is none */
  constructor({ token_string: token, expected_nonce: nonce, graph_domain: graphDomain }: AuthenticationTokenJson) {
    this.token = token;
    this.expectedNonce = nonce;
    this.graphDomain = graphDomain;
    this.#parts = readIdToken(token);
  }

  get header(): IdTokenHeader {
    return this.#parts.header;
  }

  get claims(): AuthenticationTokenClaims {
    return this.#parts.claims;
  }

  get signature(): string {
    return this.#parts.signature;
  }

  /** The name of `token` on iOS. */
  get tokenString(): string {
    return this.token;
  }

  /** The name of `expectedNonce` on iOS. */
  get nonce(): string {
    return this.expectedNonce;
  }

  /** Never the token itself. */
  toString(): string {
    return '{AuthenticationToken token:ACCESS_TOKEN_REMOVED}';
  }

  /** The form in which stores keep it. */
  toJSON(): AuthenticationTokenJson {
    return { token_string: this.token, expected_nonce: this.expectedNonce, graph_domain: this.graphDomain };
  }

  /** `console.log` of Node prints this. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /** The token of the program, or null without a Limited Login. @throws NotInitialized; so for all that follow */
  static getCurrentAuthenticationToken(): AuthenticationToken | null {
    return sharedManager().authentication;
  }

  static setCurrentAuthenticationToken(token: AuthenticationToken | null): Promise<void> {
    return sharedManager().setAuthentication(token);
  }

  /** The name of `getCurrentAuthenticationToken` on iOS. */
  static get current(): AuthenticationToken | null {
    return sharedManager().authentication;
  }
}
