package dev.cadastre.formats.event;

import dev.cadastre.formats.text.FixedUnicode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a record is about. */
public enum Kind {
  DATA_ACCESS(Judged.YES, Author.SENDER),
  KEY_USE(Judged.YES, Author.SENDER),
  KEY_LIFECYCLE(Judged.YES, Author.SENDER),
  INFERENCE(Judged.YES, Author.SENDER),
  MODEL_LOAD(Judged.YES, Author.SENDER),
  EGRESS(Judged.YES, Author.SENDER),
  GATEWAY_DECISION(Judged.YES, Author.SENDER),
  POLICY_DECISION(Judged.NO, Author.SENDER),
  LOCATION_EVIDENCE(Judged.NO, Author.SENDER),
  FLOW_EDGE(Judged.YES, Author.SENDER),
  LIFECYCLE(Judged.YES, Author.SENDER),
  DRILL(Judged.NO, Author.SENDER),
  INCIDENT(Judged.NO, Author.SENDER),
  DISCLOSURE_REQUEST(Judged.NO, Author.SENDER),
  PUBLICATION(Judged.NO, Author.SENDER),
  APPROVAL(Judged.NO, Author.SENDER),
  MODE(Judged.NO, Author.SENDER),
  NOTICE(Judged.NO, Author.SENDER),
  FINDING(Judged.NO, Author.SENDER),
  PROVENANCE(Judged.NO, Author.SENDER),
  SIGN_IN(Judged.NO, Author.SENDER),
  SUPPORT_ACCESS(Judged.YES, Author.SENDER),
  MODEL_UPDATE(Judged.YES, Author.SENDER),
  PROVISIONING(Judged.YES, Author.SENDER),
  RESOURCE_OBSERVED(Judged.YES, Author.SENDER),
  PORTAL_ACTIVITY(Judged.NO, Author.CELL),
  OPERATOR_ACT(Judged.NO, Author.CELL),
  DETECTORS_STATE(Judged.NO, Author.CELL),
  OTHER(Judged.NO, Author.SENDER);

  private enum Judged {
    YES,
    NO
  }

  private enum Author {
    SENDER,
    CELL
  }

  private static final Map<String, Kind> BY_WIRE =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Kind::wire, Function.identity()));

  private final String wire = FixedUnicode.lowerCase(name()).replace('_', '.');
  private final boolean judged;
  private final boolean fromSenders;

  Kind(Judged judged, Author author) {
    this.judged = judged == Judged.YES;
    this.fromSenders = author == Author.SENDER;
  }

  public String wire() {
    return wire;
  }

  /** Whether a record of this kind gets a verdict in a log that has a policy. */
  public boolean judged() {
    return judged;
  }

  /**
   * Whether what arrives from outside can be of this kind; the rest is written by the cell about
   * itself.
   */
  public boolean fromSenders() {
    return fromSenders;
  }

  public static Optional<Kind> of(String wire) {
    return Optional.ofNullable(BY_WIRE.get(wire));
  }
}
