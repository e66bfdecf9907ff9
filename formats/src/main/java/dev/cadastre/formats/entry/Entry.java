package dev.cadastre.formats.entry;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.Refused;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One log entry, its frame checked: {@code {"event":{…},"index":N,"prev":"<64
 * hex>","received":"<unix ns>","v":1}} in RFC 8785 form. The frame is read from both ends and the
 * event left alone; decoding it is another step, because chain and tree are checked at a million
 * entries a second and need only the frame.
 */
public final class Entry {
  private final byte[] bytes;
  private final int eventEnd;
  private final long index;
  private final Hash prev;
  private final long receivedNs;
  private final Hash leafHash;

  private Entry(byte[] bytes, FrameScanner frame) {
    this.bytes = bytes;
    this.eventEnd = frame.eventEnd;
    this.index = frame.index;
    this.prev = frame.prev;
    this.receivedNs = frame.receivedNs;
    this.leafHash = Merkle.leafHash(bytes);
  }

  /** Reads an entry's exact bytes; they are copied. */
  public static Entry parse(byte[] bytes) throws Refused {
    byte[] copy = bytes.clone();
    return new Entry(copy, FrameScanner.scan(copy));
  }

  /** Position in the log, from 0. */
  public long index() {
    return index;
  }

  /** Leaf hash of the entry before; {@link Hash#ZERO} in entry 0. */
  public Hash prev() {
    return prev;
  }

  /** When the log accepted the entry, in nanoseconds since 1970-01-01T00:00:00Z. */
  public long received() {
    return receivedNs;
  }

  /** The event's canonical JSON, not decoded. */
  public byte[] eventBytes() {
    return Arrays.copyOfRange(bytes, EntryFrame.HEAD.length, eventEnd);
  }

  /** A copy of the entry's exact bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** SHA-256(0x00 ‖ bytes): the leaf of the tree and the next entry's {@link #prev()}. */
  public Hash leafHash() {
    return leafHash;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Entry that && leafHash.equals(that.leafHash);
  }

  @Override
  public int hashCode() {
    return leafHash.hashCode();
  }

  @Override
  public String toString() {
    return "Entry[" + index + ", " + Encodings.quote(leafHash.hex()) + "]";
  }
}
