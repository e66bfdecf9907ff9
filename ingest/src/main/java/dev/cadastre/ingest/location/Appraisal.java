package dev.cadastre.ingest.location;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.event.LocationEvidence;
import dev.cadastre.formats.registry.Registry;
import java.time.Duration;
import java.time.Instant;

/** What became of evidence that was looked at (RFC 9334 calls that appraisal). */
public sealed interface Appraisal {

  /** It proves nothing. The reason is for people and never quotes the evidence. */
  record Rejected(String why) implements Appraisal {}

  /**
   * It is what it claims to be.
   *
   * @param provider whose region it is; empty if that is not said
   * @param region region or zone
   * @param statement SHA-256 of what was signed, the same however the signature is wrapped
   * @param evidence what the entry says of it
   */
  record Genuine(
      String provider,
      String region,
      Hash statement,
      Instant from,
      Instant until,
      LocationEvidence evidence)
      implements Appraisal {
    /** How far a sender's clock, or a cloud's, may be ahead of ours. */
    static final Duration SKEW = Duration.ofMinutes(1);

    /** The place as the registry spells it. */
    public String place(Registry registry) {
      return registry
          .canonical(region, provider)
          .orElseGet(() -> provider.isEmpty() ? region : provider + ":" + region);
    }

    /** This, unless its time has not come yet or is over. */
    Appraisal at(Instant now) {
      if (now.isBefore(from.minus(SKEW))) {
        return new Rejected("not valid before " + from);
      }
      return now.isBefore(until) ? this : new Rejected("expired at " + until);
    }
  }
}
