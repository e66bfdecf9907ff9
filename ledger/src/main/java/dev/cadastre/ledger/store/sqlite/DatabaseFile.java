package dev.cadastre.ledger.store.sqlite;

import dev.cadastre.ledger.store.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * One of a cell's database files as it lies there, told from its header (sqlite.org/fileformat.html
 * section 1.3) and its length. Nothing is opened by SQLite, so nothing is made or changed.
 */
public final class DatabaseFile {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = 100;
  private static final int PAGE_SIZE_AT = 16;
  private static final int CHANGES_AT = 24;
  private static final int PAGES_AT = 28;
  private static final int APPLICATION_ID_AT = 68;
  private static final int PAGES_VALID_FOR_AT = 92;

  private final Path file;
  private final Schema schema;

  private DatabaseFile(Path directory, Schema schema) {
    this.file = directory.resolve(SqliteFile.name(schema));
    this.schema = schema;
  }

  /**
   * What is wrong with the file, beginning with its name; empty if that much is in order.
   *
   * @throws IOException if it cannot be read
   */
  public static Optional<String> fault(Path directory, Schema schema) throws IOException {
    return new DatabaseFile(directory, schema).fault();
  }

  private Optional<String> fault() throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.of(SqliteFile.name(schema) + " is missing");
    }
    // The log before the file: what a writer moves from one to the other meanwhile is seen twice.
    boolean logged = logged();
    byte[] header = header();
    long length = Files.size(file);
    if (header.length == 0) {
      return Optional.of(SqliteFile.name(schema) + " is empty");
    }
    if (header.length < HEADER_BYTES || !Arrays.equals(header, 0, 16, MAGIC, 0, 16)) {
      return Optional.of(SqliteFile.name(schema) + " is no SQLite database");
    }
    return foreign(header, logged).or(() -> cutOff(header, length, logged));
  }

  /** Whether committed pages may still wait in the write-ahead log. */
  private boolean logged() throws IOException {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    return Files.exists(log) && Files.size(log) > 0;
  }

  private byte[] header() throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(HEADER_BYTES);
    }
  }

  private Optional<String> foreign(byte[] header, boolean logged) {
    int id = ByteBuffer.wrap(header).getInt(APPLICATION_ID_AT);
    if (id == SqliteFile.applicationId(schema) || (id == 0 && logged)) {
      return Optional.empty();
    }
    String whose =
        Arrays.stream(Schema.values())
            .filter(other -> SqliteFile.applicationId(other) == id)
            .findFirst()
            .map(other -> "a " + SqliteFile.name(other) + " under another name")
            .orElse("a database of something else");
    return Optional.of(SqliteFile.name(schema) + " is " + whose);
  }

  /** Only a file without a log is whole in itself. */
  private Optional<String> cutOff(byte[] header, long length, boolean logged) {
    ByteBuffer fields = ByteBuffer.wrap(header);
    int stored = Short.toUnsignedInt(fields.getShort(PAGE_SIZE_AT));
    long pageSize = stored == 1 ? 65_536 : stored;
    long expected = Integer.toUnsignedLong(fields.getInt(PAGES_AT)) * pageSize;
    boolean counted = fields.getInt(CHANGES_AT) == fields.getInt(PAGES_VALID_FOR_AT);
    return !logged && counted && length < expected
        ? Optional.of(
            SqliteFile.name(schema)
                + " is cut off: "
                + length
                + " of "
                + expected
                + " bytes are there")
        : Optional.empty();
  }
}
