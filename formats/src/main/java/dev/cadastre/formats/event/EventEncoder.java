package dev.cadastre.formats.event;

import dev.cadastre.formats.json.JcsWriter;

/**
 * Encodes the events of one request as {@link EventCodec#encode(Event)} does, in one buffer, and
 * what they share only once. Used by one thread.
 */
public final class EventEncoder {
  private final JcsWriter buffer = new JcsWriter(1024);
  private final EventWriter writer = new EventWriter(buffer);

  /** See {@link EventCodec#encode(Event)}. */
  public byte[] encode(Event event) {
    buffer.reset();
    writer.write(event);
    return buffer.toBytes();
  }
}
