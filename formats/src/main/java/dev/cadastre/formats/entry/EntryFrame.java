package dev.cadastre.formats.entry;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Decimal;
import dev.cadastre.formats.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes around an event. JCS puts {@code event} first, so sealing an encoded event only adds a
 * head and a tail.
 */
public final class EntryFrame {
  /** Longest entry: what the 16-bit length of an entry bundle can say. */
  public static final int MAX_BYTES = 65_535;

  /** Longest event that fits whatever its index and time turn out to be. */
  public static final int MAX_EVENT_BYTES = MAX_BYTES - 148;

  static final byte[] HEAD = ascii("{\"event\":");
  static final byte[] INDEX = ascii(",\"index\":");
  static final byte[] PREV = ascii(",\"prev\":\"");
  static final byte[] RECEIVED = ascii("\",\"received\":\"");
  static final byte[] TAIL = ascii("\",\"v\":1}");

  /** Most bytes that a frame adds to an event, whatever its index and time are. */
  public static final int MAX_FRAME_BYTES =
      HEAD.length
          + INDEX.length
          + PREV.length
          + RECEIVED.length
          + TAIL.length
          + 2 * Hash.LENGTH
          + 2 * Decimal.MAX_BYTES;

  /** Largest index: JCS numbers are doubles, exact up to 2^53-1. */
  public static final long MAX_INDEX = Json.MAX_INTEGER;

  /** Where the event begins in an entry's bytes. */
  public static final int EVENT_START = 9;

  /**
   * An entry's frame without its hashes, for readers that trust the entry.
   *
   * @param bytes the entry's bytes; shared, not to be changed
   * @param eventStart where the event begins in them
   * @param eventEnd where it ends
   */
  public record Parts(byte[] bytes, int eventStart, int eventEnd, long index, long received) {
    /** The event's canonical JSON. */
    public byte[] eventBytes() {
      return Arrays.copyOfRange(bytes, eventStart, eventEnd);
    }
  }

  private EntryFrame() {}

  /**
   * Seals an event into an entry.
   *
   * @param eventJcs the event, a JSON object in canonical form; up to {@link #MAX_EVENT_BYTES}
   *     always fit
   * @param index position in the log, 0 to {@link #MAX_INDEX}
   * @param prev leaf hash of the entry before
   * @param receivedNs nanoseconds since 1970, not negative
   */
  public static byte[] seal(byte[] eventJcs, long index, Hash prev, long receivedNs) {
    byte[] target = new byte[eventJcs.length + MAX_FRAME_BYTES];
    return Arrays.copyOf(target, seal(eventJcs, index, prev, receivedNs, target, 0));
  }

  /**
   * The same, written to {@code target} from {@code at} on, which must have room for the event and
   * {@link #MAX_FRAME_BYTES} more.
   *
   * @return where the entry ends
   */
  public static int seal(
      byte[] eventJcs, long index, Hash prev, long receivedNs, byte[] target, int at) {
    requireFit(eventJcs, index, receivedNs);
    int end = put(HEAD, target, at);
    end = put(eventJcs, target, end);
    end = Decimal.write(index, target, put(INDEX, target, end));
    end = put(PREV, target, end);
    prev.hexTo(target, end);
    end = put(RECEIVED, target, end + 2 * Hash.LENGTH);
    end = put(TAIL, target, Decimal.write(receivedNs, target, end));
    if (end - at > MAX_BYTES) {
      throw new IllegalArgumentException("entry of " + (end - at) + " bytes exceeds " + MAX_BYTES);
    }
    return end;
  }

  private static int put(byte[] part, byte[] target, int at) {
    System.arraycopy(part, 0, target, at, part.length);
    return at + part.length;
  }

  private static void requireFit(byte[] eventJcs, long index, long receivedNs) {
    if (eventJcs.length < 2 || eventJcs[0] != '{' || eventJcs[eventJcs.length - 1] != '}') {
      throw new IllegalArgumentException("an event is a JSON object");
    }
    if (index < 0 || index > MAX_INDEX || receivedNs < 0) {
      throw new IllegalArgumentException(
          "index " + index + " or time " + receivedNs + " out of range");
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads the frame of an entry's exact bytes, and computes no hash. */
  public static Parts read(byte[] entry) throws Refused {
    FrameScanner frame = FrameScanner.scan(entry);
    return new Parts(entry, EVENT_START, frame.eventEnd, frame.index, frame.receivedNs);
  }
}
