package dev.cadastre.proof.entry;

import dev.cadastre.proof.Hash;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.json.Json;
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

  static final byte[] HEAD = ascii("{\"event\":");
  static final byte[] INDEX = ascii(",\"index\":");
  static final byte[] PREV = ascii(",\"prev\":\"");
  static final byte[] RECEIVED = ascii("\",\"received\":\"");
  static final byte[] TAIL = ascii("\",\"v\":1}");

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
    requireFit(eventJcs, index, receivedNs);
    byte[] indexDigits = ascii(Long.toString(index));
    byte[] prevHex = ascii(prev.hex());
    byte[] receivedDigits = ascii(Long.toString(receivedNs));
    byte[] entry =
        concat(HEAD, eventJcs, INDEX, indexDigits, PREV, prevHex, RECEIVED, receivedDigits, TAIL);
    if (entry.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "entry of " + entry.length + " bytes exceeds " + MAX_BYTES);
    }
    return entry;
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

  private static byte[] concat(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] whole = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
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
