package dev.cadastre.evidence.pack;

import dev.cadastre.evidence.Period;
import dev.cadastre.formats.Hash;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.proof.anchor.AnchorReceipt;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A pack that is being built, or was.
 *
 * @param id 16 hex digits
 * @param state how far it is
 */
public record PackJob(String id, Period period, Instant asked, State state) {
  /** How far a job is. */
  public sealed interface State {}

  /** Being built; {@code done} is the part done, 0 to 1. */
  public record Building(double done) implements State {}

  /** Built, and kept in {@code file} for a while. */
  public record Ready(Path file, long bytes, Hash sha256) implements State {}

  /** Could not be built. */
  public record Failed(String why) implements State {}

  /** The log that the pack is of. */
  public LogName log() {
    return period.log();
  }

  /** Index of the anchor before the period; empty when it begins with the log. */
  public OptionalLong after() {
    return period.before().stream().mapToLong(receipt -> receipt.entry().index()).findFirst();
  }

  /** Index of the anchor that closes the period. */
  public long until() {
    return period.after().entry().index();
  }

  /** Whether the pack is of that very period. */
  boolean isOf(Period other) {
    return log().equals(other.log())
        && period.from() == other.from()
        && period.after().entry().equals(other.after().entry())
        && period
            .before()
            .map(AnchorReceipt::entry)
            .equals(other.before().map(AnchorReceipt::entry));
  }

  /** Whether nothing more is done for it. */
  boolean ended() {
    return !(state instanceof Building);
  }

  /** What its file takes. */
  long bytes() {
    return state instanceof Ready ready ? ready.bytes() : 0;
  }

  PackJob with(State next) {
    return new PackJob(id, period, asked, next);
  }

  /** A name for the file once it is saved. */
  public String fileName() {
    String from = after().isPresent() ? Long.toString(after().getAsLong()) : "birth";
    return "cadastre-" + log().value() + "-" + from + "-" + until() + ".zip";
  }
}
