package dev.cadastre.proof.detect;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.text.FixedUnicode;
import dev.cadastre.formats.value.Names;
import dev.cadastre.proof.detect.Memory.Part;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Follows the chains that senders make of their records: each names the {@code IntegrityHash} of
 * the one before, as its receipt gave it (OpenTelemetry's audit-logging draft, "Ordering
 * Attributes"). That hash is the SHA-256 of the event as the log holds it, so whoever has the
 * entries can check every link.
 *
 * <p>A stream's first record opens its chain, whatever it names; a later number 1 that names none,
 * as after a restart, opens it anew. Any other record whose number is not above the highest so far
 * came again or late, and says nothing of the chain; one that leaves numbers out is a gap, and its
 * link, to a record that is not here, says nothing either.
 */
final class ChainFollower {
  /** In the order in which the draft's editions named it, newest first. */
  private static final List<String> LINKS =
      List.of(
          Names.AUDIT_SEQUENCE_PREVIOUS_HASH,
          Names.AUDIT_SEQUENCE_PREV_HASH,
          Names.AUDIT_PREV_HASH);

  /** What the draft's earlier editions wanted the first record to name. */
  private static final String NOTHING = Hash.sha256(new byte[0]).hex();

  private final Memory memory;

  ChainFollower(Memory memory) {
    this.memory = memory;
  }

  /** What a record did to its stream's chain. */
  enum Link {
    /** It names the record before it. */
    HOLDS,
    /** It should, and does not. */
    BROKEN,
    /** It says nothing of the chain. */
    SILENT
  }

  /**
   * A record of a stream that is followed.
   *
   * @param chained whether a record of the stream has named one before it by now
   * @param detail why the chain is broken, if it is
   */
  record Step(String stream, Link link, boolean chained, String detail) {}

  /**
   * The last record of a stream.
   *
   * @param number its number, or the last one there was
   */
  private record Last(OptionalLong number, String hash, boolean chained) {
    String text() {
      String last = number.isPresent() ? Long.toString(number.getAsLong()) : "-";
      return hash + " " + last + (chained ? " chained" : "");
    }

    static Last of(String text) {
      String[] parts = text.split(" ");
      OptionalLong number =
          parts[1].equals("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(parts[1]));
      return new Last(number, parts[0], parts.length > 2);
    }

    /** How far a number is above the last; 1 when either has none. */
    long steps(OptionalLong next) {
      return next.isPresent() && number.isPresent() ? next.getAsLong() - number.getAsLong() : 1;
    }

    boolean isNamedBy(String link) {
      return FixedUnicode.lowerCase(FixedUnicode.strip(link)).equals(hash);
    }
  }

  /** Takes the next record; empty if it belongs to no stream that is followed. */
  Optional<Step> follow(RecordEvent event) {
    OptionalLong number = SequenceHistories.number(event);
    Optional<String> link = link(event);
    if (number.isEmpty() && link.isEmpty()) {
      return Optional.empty();
    }
    String stream = Streams.of(event);
    Optional<Last> last = memory.get(Part.CHAINED, stream).map(Last::of);
    if (last.isPresent()) {
      return Optional.of(follow(stream, last.get(), number, link, event));
    }
    memory.keep(Part.CHAINED, stream, new Last(number, hash(event), false).text());
    return Optional.empty();
  }

  private Step follow(
      String stream, Last last, OptionalLong number, Optional<String> link, RecordEvent event) {
    long steps = last.steps(number);
    boolean opens = link.filter(named -> !named.equals(NOTHING)).isEmpty();
    if (steps < 1) {
      if (number.getAsLong() == 1 && opens) {
        put(stream, new Last(number, hash(event), last.chained));
      }
      return new Step(stream, Link.SILENT, last.chained, "");
    }
    boolean holds = link.filter(last::isNamedBy).isPresent();
    String problem = holds || steps > 1 ? "" : problem(link, last.chained);
    boolean chained = last.chained || link.isPresent();
    put(stream, new Last(number.isPresent() ? number : last.number, hash(event), chained));
    Link what = holds ? Link.HOLDS : problem.isEmpty() ? Link.SILENT : Link.BROKEN;
    return new Step(stream, what, chained, problem);
  }

  private void put(String stream, Last last) {
    memory.keep(Part.CHAINED, stream, last.text());
  }

  private static String problem(Optional<String> link, boolean chained) {
    if (link.isPresent()) {
      return "does not name the record before it";
    }
    return chained ? "names no record before it" : "";
  }

  private static Optional<String> link(RecordEvent event) {
    return LINKS.stream().flatMap(name -> event.attributes().string(name).stream()).findFirst();
  }

  private static String hash(RecordEvent event) {
    return Hash.sha256(EventCodec.encode(event)).hex();
  }
}
