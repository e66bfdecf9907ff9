package dev.cadastre.ledger.access;

import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.jooq.vault.tables.records.SessionRecord;
import dev.cadastre.ledger.jooq.vault.tables.records.TokenRecord;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * What stands in the column {@code digest} of tokens and sessions: 16 bytes that only who has the
 * secret can name, then 16 bytes over all that the row says for good. Both are the front of a
 * {@link RowSeal}'s code.
 */
final class SealedRows {
  private static final int HALF = 16;

  private final RowSeal seal;

  SealedRows(RowSeal seal) {
    this.seal = seal;
  }

  void seal(TokenRecord row, String token) {
    row.setDigest(digest(name("token", token), fields(row)));
  }

  void seal(SessionRecord row, String id) {
    row.setDigest(digest(name("session", id), fields(row)));
  }

  /** The first digest that a session of that id may have, and the last. */
  List<byte[]> sessions(String id) {
    byte[] name = name("session", id);
    byte[] last = Arrays.copyOf(name, 2 * HALF);
    Arrays.fill(last, HALF, 2 * HALF, (byte) -1);
    return List.of(Arrays.copyOf(name, 2 * HALF), last);
  }

  /** Whether the row is this token's. It may say anything else. */
  boolean names(TokenRecord row, String token) {
    byte[] name = Arrays.copyOf(row.getDigest(), HALF);
    return MessageDigest.isEqual(name("token", token), name);
  }

  /** Whether all that the row says was said by this cell. */
  boolean genuine(TokenRecord row) {
    return genuine(row.getDigest(), fields(row));
  }

  boolean genuine(SessionRecord row) {
    return genuine(row.getDigest(), fields(row));
  }

  private boolean genuine(byte[] stored, List<String> fields) {
    return MessageDigest.isEqual(digest(Arrays.copyOf(stored, HALF), fields), stored);
  }

  private byte[] name(String what, String secret) {
    return Arrays.copyOf(mac(List.of("cadastre secret/v1", what, secret)), HALF);
  }

  private byte[] digest(byte[] name, List<String> fields) {
    byte[] digest = Arrays.copyOf(name, 2 * HALF);
    List<String> all = new ArrayList<>(List.of("cadastre row/v1"));
    all.add(HexFormat.of().formatHex(name));
    all.addAll(fields);
    System.arraycopy(mac(all), 0, digest, HALF, HALF);
    return digest;
  }

  private byte[] mac(List<String> fields) {
    return seal.mac(Json.strings(fields).jcs());
  }

  /** Revoking is no secret's business: it only takes away, and the cell's log says it too. */
  private static List<String> fields(TokenRecord row) {
    return List.of(
        "token",
        row.getId(),
        row.getRole(),
        Objects.requireNonNullElse(row.getTenant(), ""),
        row.getLabel(),
        Long.toString(row.getCreated()),
        row.getExpires() == null ? "" : Long.toString(row.getExpires()));
  }

  private static List<String> fields(SessionRecord row) {
    return List.of(
        "session",
        row.getTokenId(),
        Long.toString(row.getCreated()),
        Long.toString(row.getExpires()));
  }
}
