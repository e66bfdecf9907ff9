package dev.cadastre.ledger.access;

import dev.cadastre.formats.Hash;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Random strings of 256 bits. Only their SHA-256 is stored: with that much entropy neither salt nor
 * stretching adds anything.
 */
final class Secrets {
  /** Characters of base64url without padding for 32 bytes. */
  static final int LENGTH = 43;

  private Secrets() {}

  static String next(SecureRandom random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] digest(String secret) {
    return Hash.sha256(secret.getBytes(StandardCharsets.US_ASCII)).bytes();
  }

  static boolean wellFormed(String secret) {
    return secret.length() == LENGTH && secret.chars().allMatch(Secrets::base64Url);
  }

  private static boolean base64Url(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }
}
