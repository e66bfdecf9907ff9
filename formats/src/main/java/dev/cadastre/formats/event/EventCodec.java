package dev.cadastre.formats.event;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.JcsWriter;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Value;
import java.util.Arrays;

/**
 * Events to and from their wire form: canonical JSON (RFC 8785) as docs/formats/entry.md describes.
 * Writing goes straight into a buffer, because every sender's record takes this path; reading
 * builds the event and writes it again, so that an event has exactly one form that is accepted.
 */
public final class EventCodec {
  private EventCodec() {}

  /**
   * The event's wire form.
   *
   * @throws IllegalArgumentException for a text with a lone surrogate or values nested beyond
   *     {@link Value#MAX_DEPTH}
   */
  public static byte[] encode(Event event) {
    return encode(event, new JcsWriter());
  }

  /** As {@link #encode(Event)}, with the caller's buffer, which is reset first. */
  public static byte[] encode(Event event, JcsWriter buffer) {
    new EventWriter(buffer.reset()).write(event);
    return buffer.toBytes();
  }

  /**
   * Reads an event whose form was checked when it was appended, or will be by whoever verifies. Not
   * for what comes from outside.
   */
  public static Event read(byte[] jcs) throws Refused {
    return EventReader.read(Json.parseObject(jcs));
  }

  /**
   * Reads an event and refuses every form but the one that {@link #encode(Event)} gives, and what
   * no cell writes ({@link EventRules}).
   */
  public static Event decode(byte[] jcs) throws Refused {
    Event event = read(jcs);
    EventRules.require(event);
    byte[] again = encode(event);
    int at = Arrays.mismatch(jcs, again);
    if (at >= 0) {
      throw new Refused(
          "expected the event in its one form, found another from byte " + at + " on");
    }
    return event;
  }
}
