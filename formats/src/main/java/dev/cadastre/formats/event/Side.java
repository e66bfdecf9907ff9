package dev.cadastre.formats.event;

import dev.cadastre.formats.text.FixedUnicode;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who told an entry: the vendor, its customer, or the cell of itself. It follows from the
 * credential alone ({@link RecordEvent#sender()}), which no sender writes.
 */
public enum Side {
  VENDOR,
  CUSTOMER,
  CELL;

  /** What the senders of the customer's side begin with. */
  public static final String COUNTERPART = "counterpart/";

  private final String wire = FixedUnicode.lowerCase(name());

  public String wire() {
    return wire;
  }

  /** Whose credential that is. */
  public static Side of(String sender) {
    if (sender.startsWith(COUNTERPART)) {
      return CUSTOMER;
    }
    return sender.equals("cell") || sender.equals("portal") ? CELL : VENDOR;
  }

  /** Who told an event; what is no record, the cell writes. */
  public static Side of(Event event) {
    return event instanceof RecordEvent one ? of(one.sender()) : CELL;
  }

  /** The side that is called so. */
  public static Optional<Side> called(String wire) {
    return Stream.of(values()).filter(side -> side.wire.equals(wire)).findFirst();
  }
}
