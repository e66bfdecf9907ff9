package dev.cadastre.proof.detect;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Follows what is known of keys through a log, and holds every state entry against it. Begins with
 * the log, or at a state entry.
 */
public final class StateFold {
  /** What an event's bytes hold if it can change anything here. */
  private static final List<byte[]> TELLING =
      List.of(
          ascii("\"ledger.key.id\":"),
          ascii("\"ledger.approval.id\":"),
          ascii("\"kind\":\"policy.adopted\""),
          ascii("\"kind\":\"detectors.state\""));

  /** The same for each kind of records that a policy's duties look at. */
  private List<byte[]> ofDuties = List.of();

  private static final byte[] ACCESS = ascii("\"kind\":\"data.access\"");
  private static final byte[] USE = ascii("\"kind\":\"key.use\"");

  private final Memory memory = Memory.inHeap();
  private final OrderViolations order = new OrderViolations(memory);
  private final TwoSides sides = new TwoSides(memory);
  private OptionalLong previous = OptionalLong.empty();

  /** From the log's birth. */
  public StateFold() {}

  /**
   * From a state entry on.
   *
   * @param index of that entry
   * @param adopted the policy in force behind it
   */
  public StateFold(long index, DetectorsState state, Optional<PolicyAdoption> adopted) {
    previous = OptionalLong.of(index);
    state.restore(memory);
    sides.load();
    adopted.ifPresent(this::adopt);
  }

  private void adopt(PolicyAdoption adoption) {
    order.adopt(adoption);
    sides.adopt(adoption);
    ofDuties =
        order.followed().stream().map(kind -> ascii("\"kind\":\"" + kind.wire() + '"')).toList();
  }

  /**
   * Whether an event, in canonical form, may say anything to this fold; the others may be left out.
   */
  public boolean concerns(byte[] eventJcs) {
    boolean compared = sides.withinNs().isPresent();
    return TELLING.stream().anyMatch(telling -> contains(eventJcs, telling))
        || ofDuties.stream().anyMatch(telling -> contains(eventJcs, telling))
        || compared && (contains(eventJcs, ACCESS) || contains(eventJcs, USE));
  }

  private static boolean contains(byte[] bytes, byte[] part) {
    int last = bytes.length - part.length;
    for (int at = 0; at <= last; at++) {
      int same = 0;
      while (same < part.length && bytes[at + same] == part[same]) {
        same++;
      }
      if (same == part.length) {
        return true;
      }
    }
    return false;
  }

  /**
   * Takes the next event, or the next that {@link #concerns} it.
   *
   * @throws Refused if it carries another state than the entries before it give; the fold goes on
   *     from what they give
   */
  public void add(long index, long receivedNs, Event event) throws Refused {
    if (event instanceof PolicyAdoption adoption) {
      adopt(adoption);
    } else if (event instanceof RecordEvent one) {
      Optional<DetectorsState> told = DetectorsState.in(event);
      if (told.isEmpty()) {
        order.add(index, receivedNs, one);
        sides.add(index, receivedNs, one);
        return;
      }
      DetectorsState expected = state(one.time());
      previous = OptionalLong.of(index);
      expected.restore(memory);
      sides.load();
      if (!told.get().equals(expected)) {
        throw new Refused(
            "carries a state of keys ("
                + inFull(told.get())
                + ") that is not what the entries before it give ("
                + inFull(expected)
                + ")");
      }
    }
  }

  private static String inFull(DetectorsState state) {
    return state.describe()
        + (state.previous().isPresent()
            ? ", after the state in entry " + state.previous().getAsLong()
            : ", since the log's birth");
  }

  /**
   * What a state entry that comes next must carry.
   *
   * @param timeNs when it is taken
   */
  public DetectorsState state(long timeNs) {
    return DetectorsState.of(memory, previous, sides.waitingAt(timeNs));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
