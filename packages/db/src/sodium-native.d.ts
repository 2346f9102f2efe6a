// This is the part of sodium-native that we use; the package ships no types of its own.
declare module 'sodium-native' {
  const sodium: {
    crypto_aead_xchacha20poly1305_ietf_KEYBYTES: number;
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES: number;
    crypto_aead_xchacha20poly1305_ietf_ABYTES: number;
    crypto_aead_xchacha20poly1305_ietf_encrypt(
      c: Uint8Array,
      m: Uint8Array,
      ad: Uint8Array | null,
      nsec: null,
      npub: Uint8Array,
      k: Uint8Array,
    ): number;
    crypto_aead_xchacha20poly1305_ietf_decrypt(
      m: Uint8Array,
      nsec: null,
      c: Uint8Array,
      ad: Uint8Array | null,
      npub: Uint8Array,
      k: Uint8Array,
    ): number;
    crypto_generichash(out: Uint8Array, input: Uint8Array, key?: Uint8Array): void;
    crypto_pwhash_STRBYTES: number;
    crypto_pwhash_ALG_ARGON2ID13: number;
    crypto_pwhash_str_async(
      out: Uint8Array,
      password: Uint8Array,
      opslimit: number,
      memlimit: number,
      done: (error: Error | null) => void,
    ): void;
    crypto_pwhash_str_verify_async(
      hash: Uint8Array,
      password: Uint8Array,
      done: (error: Error | null, same: boolean) => void,
    ): void;
    crypto_pwhash_str_needs_rehash(hash: Uint8Array, opslimit: number, memlimit: number): boolean;
    sodium_memcmp(a: Uint8Array, b: Uint8Array): boolean;
  };
  export default sodium;
}
