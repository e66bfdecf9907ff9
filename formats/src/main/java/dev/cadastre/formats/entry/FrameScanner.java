package dev.cadastre.formats.entry;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import java.util.Arrays;

/**
 * Reads an entry's frame from its end backwards: everything after the event has a known shape, so
 * the event's end is found without parsing the event.
 */
final class FrameScanner {
  private static final int HEX_LENGTH = 2 * Hash.LENGTH;

  private final byte[] bytes;
  private int end;

  int eventEnd;
  long index;
  Hash prev = Hash.ZERO;
  long receivedNs;

  private FrameScanner(byte[] bytes) {
    this.bytes = bytes;
    this.end = bytes.length;
  }

  static FrameScanner scan(byte[] bytes) throws Refused {
    if (bytes.length > EntryFrame.MAX_BYTES) {
      throw new Refused("expected an entry of at most 65535 bytes, found " + bytes.length);
    }
    FrameScanner scanner = new FrameScanner(bytes);
    scanner.run();
    return scanner;
  }

  private void run() throws Refused {
    literal(EntryFrame.TAIL, "\"v\":1");
    receivedNs = decimal("received", Long.MAX_VALUE);
    literal(EntryFrame.RECEIVED, "\"received\"");
    prev = hash();
    literal(EntryFrame.PREV, "\"prev\"");
    index = decimal("index", EntryFrame.MAX_INDEX);
    literal(EntryFrame.INDEX, "\"index\"");
    eventEnd = end;
    event();
  }

  private void event() throws Refused {
    byte[] head = EntryFrame.HEAD;
    boolean framed =
        end >= head.length + 2
            && Arrays.equals(bytes, 0, head.length, head, 0, head.length)
            && bytes[head.length] == '{'
            && bytes[end - 1] == '}';
    if (!framed) {
      throw new Refused(
          "expected an entry that begins with {\"event\":{…}, found another beginning");
    }
  }

  private void literal(byte[] expected, String name) throws Refused {
    int start = end - expected.length;
    if (start < 0 || !Arrays.equals(bytes, start, end, expected, 0, expected.length)) {
      throw new Refused(
          "expected " + name + " in its place in the entry's frame, found other bytes");
    }
    end = start;
  }

  private long decimal(String name, long max) throws Refused {
    int start = end;
    while (start > 0 && bytes[start - 1] >= '0' && bytes[start - 1] <= '9') {
      start--;
    }
    int digits = end - start;
    if (digits == 0 || digits > 19 || digits > 1 && bytes[start] == '0') {
      throw new Refused("expected \"" + name + "\" as a decimal number without leading zeros");
    }
    long value = 0;
    for (int i = start; i < end; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    // Nineteen digits stay below 2^64, so an overflow shows as a negative value.
    if (value < 0 || value > max) {
      throw new Refused("expected \"" + name + "\" of at most " + max + ", found more");
    }
    end = start;
    return value;
  }

  private Hash hash() throws Refused {
    int start = end - HEX_LENGTH;
    if (start < 0) {
      throw new Refused("expected 64 hexadecimal digits as \"prev\", found fewer");
    }
    end = start;
    return Hash.ofHex(bytes, start);
  }
}
