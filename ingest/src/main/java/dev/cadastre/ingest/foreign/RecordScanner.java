package dev.cadastre.ingest.foreign;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Finds where records begin and end in a stream of JSON: one object after the other, with or
 * without line breaks between or inside them, in an array, or in the array {@code Records}, {@code
 * records}, {@code Events}, {@code entries}, {@code value} or, of a Kubernetes {@code EventList},
 * {@code items} of an object. Holds one record at a time and does not read what is in it. After a
 * record that breaks off it goes on with the next line, so that one bad record does not take others
 * along.
 */
public final class RecordScanner {
  /** A record of more bytes than that ends the reading. */
  public static final int BYTES_MAX = 8 << 20;

  private static final int END = -1;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final List<String> WRAPPERS =
      List.of(
          "{\"Records\":[", "{\"records\":[", "{\"Events\":[", "{\"entries\":[", "{\"value\":[");

  private final InputStream in;
  private long line = 1;
  private int next;
  private boolean lineStart = true;
  private boolean firstColumn = true;
  private boolean inList;
  private boolean inWrapper;
  private ByteArrayOutputStream piece = new ByteArrayOutputStream();
  private final BitSet arrays = new BitSet();

  public RecordScanner(InputStream in) throws IOException {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.in.mark(BYTE_ORDER_MARK.length);
    if (!Arrays.equals(this.in.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
      this.in.reset();
    }
    this.next = this.in.read();
  }

  /**
   * A record, or what stands in the place of one.
   *
   * @param line on which it begins, from 1
   * @param bytes as they are in the stream
   * @param problem why it cannot be a record; empty if it may be one
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on once and not compared.
  public record Piece(long line, byte[] bytes, String problem) {}

  /**
   * The next record; empty at the stream's end.
   *
   * @throws RecordTooLarge if it has more than {@link #BYTES_MAX} bytes
   */
  public Optional<Piece> next() throws IOException {
    while (next != END) {
      if (isSpace(next) || next == ',' && inList) {
        advance();
      } else if (next == '{') {
        Optional<Piece> object = object();
        if (object.isPresent()) {
          return object;
        }
      } else if (next == '[' && !inList) {
        inList = true;
        advance();
      } else if (next == ']' && inList) {
        leaveList();
      } else {
        return Optional.of(stray());
      }
    }
    if (inList) {
      inList = false;
      return Optional.of(ended(line, "the list of records breaks off at the end"));
    }
    return Optional.empty();
  }

  /** An object; empty if it turned out to be a wrapper, whose list is then entered. */
  private Optional<Piece> object() throws IOException {
    long first = line;
    int depth = 0;
    int before = 0;
    piece = new ByteArrayOutputStream();
    do {
      if (next == END) {
        inList = false;
        return Optional.of(ended(first, "the record breaks off at the end"));
      }
      if (next == '{' && lineStart && depth > 0 && !continues(depth, before)) {
        return Optional.of(ended(first, "the record breaks off"));
      }
      int c = take(first);
      if (c == '"') {
        if (!string(first)) {
          inList &= next != END;
          String where = next == END ? "at the end" : "in a string";
          return Optional.of(ended(first, "the record breaks off " + where));
        }
      } else if (c == '{' || c == '[') {
        depth++;
        arrays.set(depth, c == '[');
      } else if (c == '}' || c == ']') {
        depth--;
      }
      before = isSpace(c) ? before : c;
      if (c == '[' && depth == 2 && !inList && isWrapper()) {
        inList = true;
        inWrapper = true;
        return Optional.empty();
      }
    } while (depth > 0);
    return Optional.of(ended(first, ""));
  }

  /**
   * Whether the object that begins a line is a value of this record; if not, it is the next record.
   * One that could be a value is the next record all the same if it begins in the first column and
   * goes on there: those who break a record's lines after a name or a bracket indent what follows,
   * or break it again.
   */
  private boolean continues(int depth, int before) throws IOException {
    boolean mayBegin = arrays.get(depth) ? before == '[' || before == ',' : before == ':';
    return mayBegin && (!firstColumn || before == ',' || isLineEnd(peek()));
  }

  private static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r' || c == END;
  }

  private int peek() throws IOException {
    in.mark(1);
    int c = in.read();
    in.reset();
    return c;
  }

  private boolean isWrapper() {
    // Longer ones are records with a list in them.
    if (piece.size() > 1_000) {
      return false;
    }
    String head = piece.toString(StandardCharsets.UTF_8).replaceAll("\\s", "");
    return WRAPPERS.contains(head)
        || head.endsWith("\"items\":[") && head.contains("\"kind\":\"EventList\"");
  }

  /** The rest of a string; false if it does not end on its line. */
  private boolean string(long first) throws IOException {
    while (next != END && next != '\n') {
      int c = take(first);
      if (c == '\\' && next != END && next != '\n') {
        take(first);
      } else if (c == '"') {
        return true;
      }
    }
    return false;
  }

  private void leaveList() throws IOException {
    inList = false;
    advance();
    if (inWrapper) {
      inWrapper = false;
      leaveWrapper();
    }
  }

  /** Passes over a wrapper's other members, or to the record that begins in their place. */
  private void leaveWrapper() throws IOException {
    int depth = 1;
    int before = ']';
    while (next != END && depth > 0) {
      if (next == '{' && lineStart && depth == 1 && before != ':') {
        return;
      }
      int c = next;
      advance();
      if (c == '"') {
        passString();
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
      before = isSpace(c) ? before : c;
    }
  }

  /** Passes over the rest of a string, which ends with its line if nowhere else. */
  private void passString() throws IOException {
    int c = 0;
    while (c != '"' && next != END && next != '\n') {
      c = next;
      advance();
      if (c == '\\' && next != END && next != '\n') {
        advance();
      }
    }
  }

  /** What begins no object, up to the line's end or, in a list, the next item. */
  private Piece stray() throws IOException {
    long first = line;
    piece = new ByteArrayOutputStream();
    do {
      take(first);
    } while (next != END && next != '\n' && !(inList && (next == ',' || next == ']')));
    return ended(first, "neither a JSON object nor a line of a known log");
  }

  private Piece ended(long first, String problem) {
    byte[] bytes = piece.toByteArray();
    piece = new ByteArrayOutputStream();
    return new Piece(first, bytes, problem);
  }

  private int take(long first) throws IOException {
    if (piece.size() == BYTES_MAX) {
      throw new RecordTooLarge(first, BYTES_MAX);
    }
    int c = next;
    piece.write(c);
    advance();
    return c;
  }

  private void advance() throws IOException {
    firstColumn = next == '\n';
    if (firstColumn) {
      line++;
      lineStart = true;
    } else if (!isSpace(next)) {
      lineStart = false;
    }
    next = in.read();
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }
}
