package dev.cadastre.ledger.vault;

import dev.cadastre.formats.json.JcsWriter;
import dev.cadastre.formats.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The salts of a log's private attributes, where they belong to a record with an id: the same
 * record sent again gets the same digests, and can be recognized. A salt is the first 16 bytes of
 * HMAC-SHA-256, under a secret that follows from the log's disclosure key and is destroyed with it,
 * over what is salted: without the secret it cannot be guessed, as RFC 9901 section 9.3 asks. For
 * use by one thread.
 */
public final class RecordSalts {
  private static final int SALT_BYTES = 16;
  private static final int PSEUDONYM_BYTES = 12;

  /** No salt's input begins so: it would be a record id of 1.6 gigabytes. */
  private static final byte[] PSEUDONYM =
      "cadastre pseudonym/v1".getBytes(StandardCharsets.US_ASCII);

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  private RecordSalts(byte[] secret) {
    this.mac = mac(secret);
  }

  /**
   * @param secret 32 bytes
   */
  public static RecordSalts of(byte[] secret) {
    return new RecordSalts(secret);
  }

  /**
   * The salt of one attribute of one record.
   *
   * @param path the attribute's name, after those of the maps that hold it
   * @param ordinal 0, or a higher number where the record has the same value there several times:
   *     no digest may come twice (RFC 9901 section 7.1)
   */
  public byte[] salt(String recordId, String path, Value value, int ordinal) {
    JcsWriter json = new JcsWriter();
    value.writeTo(json);
    update(recordId.getBytes(StandardCharsets.UTF_8));
    update(path.getBytes(StandardCharsets.UTF_8));
    update(json.toBytes());
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(ordinal).array());
    return Arrays.copyOf(mac.doFinal(), SALT_BYTES);
  }

  /**
   * What stands in this log for a text of a person: the same for the same text, so that it can be
   * searched for, and in no other log. 96 bits of HMAC-SHA-256 as letters, which no pattern of
   * numbers takes for one.
   */
  public String pseudonym(String text) {
    mac.update(PSEUDONYM);
    byte[] digest = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    StringBuilder letters = new StringBuilder("person-");
    for (int i = 0; i < PSEUDONYM_BYTES; i++) {
      letters
          .append((char) ('a' + (digest[i] >> 4 & 0xf)))
          .append((char) ('a' + (digest[i] & 0xf)));
    }
    return letters.toString();
  }

  /** With its length in front, so that no two inputs run together. */
  private void update(byte[] part) {
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
    mac.update(part);
  }

  /** The secret for a log's salts. */
  static byte[] secret(byte[] disclosureKey) {
    return mac(disclosureKey)
        .doFinal("cadastre disclosure salts/v1".getBytes(StandardCharsets.US_ASCII));
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", impossible);
    }
  }
}
