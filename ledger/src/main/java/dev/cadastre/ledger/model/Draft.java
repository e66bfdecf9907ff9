package dev.cadastre.ledger.model;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.formats.event.Birth;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.EventEncoder;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordBytes;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Side;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.residency.ReceivedRange;
import dev.cadastre.formats.value.Disclosure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An event on its way into a log: encoded by the thread that brings it, so that the sequencer only
 * adds the frame.
 *
 * <p>Immutable; the event's bytes are shared, not copied, within the ledger.
 */
public final class Draft {
  /** What must hold of the log for the draft to be appended, and what else is written with it. */
  public enum Role {
    /** A record that no policy judges. */
    RECORD,
    /**
     * A judged record: {@link #basis()} is the policy it was judged by, empty in a log without one.
     */
    JUDGED,
    /** A policy adoption: {@link #basis()} is the adoption before it. */
    ADOPTION,
    /** An anchor: {@link #basis()} is the anchor before it. */
    ANCHOR,
    /** The birth of a log. */
    BIRTH
  }

  private final LogName log;
  private final byte[] eventJcs;
  private final Role role;
  private final OptionalLong basis;
  private final ReceivedRange received;
  private final Optional<String> recordId;
  private final long recordKey;
  private final Side side;
  private final List<Disclosure> disclosures;
  private final Optional<Event> special;
  private final List<AnchorLeaf> anchorLeaves;

  private Draft(
      LogName log,
      Event event,
      byte[] eventJcs,
      Role role,
      OptionalLong basis,
      ReceivedRange received,
      Optional<String> recordId,
      List<Disclosure> disclosures,
      List<AnchorLeaf> anchorLeaves)
      throws Refused {
    this.log = log;
    this.eventJcs = fitting(eventJcs);
    this.role = role;
    this.basis = basis;
    this.received = received;
    this.recordId = recordId;
    this.side = Side.of(event);
    this.recordKey = recordId.isPresent() ? RecordKey.of(log, identity(side, recordId.get())) : 0;
    this.disclosures = List.copyOf(disclosures);
    this.special = event instanceof RecordEvent ? Optional.empty() : Optional.of(event);
    this.anchorLeaves = List.copyOf(anchorLeaves);
  }

  /**
   * A record, judged already if its kind is judged and the log has a policy.
   *
   * @param disclosures what stands behind the record's digests; kept in the vault, never in the log
   * @throws Refused if the event does not fit into an entry ({@link EntryFrame#MAX_EVENT_BYTES})
   */
  public static Draft record(LogName log, RecordEvent event, List<Disclosure> disclosures)
      throws Refused {
    return record(log, event, disclosures, ReceivedRange.ALWAYS, new EventEncoder());
  }

  /**
   * The same for one of many records of a request.
   *
   * @param received when it may be received with the verdict that it carries
   */
  public static Draft record(
      LogName log,
      RecordEvent event,
      List<Disclosure> disclosures,
      ReceivedRange received,
      EventEncoder encoder)
      throws Refused {
    Role role = event.kind().judged() ? Role.JUDGED : Role.RECORD;
    Optional<Verdict> verdict = event.verdict();
    if (verdict.isPresent() && role == Role.RECORD) {
      throw new IllegalArgumentException(
          "a record of kind " + event.kind().wire() + " carries no verdict");
    }
    OptionalLong basis =
        verdict.isPresent() ? OptionalLong.of(verdict.get().policy()) : OptionalLong.empty();
    Optional<String> recordId = event.id().isEmpty() ? Optional.empty() : Optional.of(event.id());
    return new Draft(
        log, event, encoder.encode(event), role, basis, received, recordId, disclosures, List.of());
  }

  /**
   * The adoption of a policy; {@code adoption.previous()} must still be the newest one when it is
   * appended.
   */
  public static Draft adoption(LogName log, PolicyAdoption adoption) throws Refused {
    return special(log, adoption, Role.ADOPTION, adoption.previous(), List.of());
  }

  /**
   * An anchor; {@code anchor.previous()} must still be the newest one when it is appended.
   *
   * @param leaves the tenants' side of it, one a log, written in the same transaction
   */
  public static Draft anchor(AnchorEvent anchor, List<AnchorLeaf> leaves) throws Refused {
    if (leaves.stream().map(AnchorLeaf::log).distinct().count() != leaves.size()) {
      throw new IllegalArgumentException("an anchor has one leaf a log");
    }
    return special(LogName.ANCHORS, anchor, Role.ANCHOR, anchor.previous(), leaves);
  }

  public static Draft birth(LogName log, Birth birth) throws Refused {
    return special(log, birth, Role.BIRTH, OptionalLong.empty(), List.of());
  }

  private static Draft special(
      LogName log, Event event, Role role, OptionalLong basis, List<AnchorLeaf> leaves)
      throws Refused {
    byte[] eventJcs = EventCodec.encode(event);
    return new Draft(
        log,
        event,
        eventJcs,
        role,
        basis,
        ReceivedRange.ALWAYS,
        Optional.empty(),
        List.of(),
        leaves);
  }

  private static byte[] identity(Side side, String id) {
    return RecordBytes.identity(side, id.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] fitting(byte[] eventJcs) throws Refused {
    if (eventJcs.length > EntryFrame.MAX_EVENT_BYTES) {
      throw new Refused(
          "an event has at most "
              + EntryFrame.MAX_EVENT_BYTES
              + " bytes once encoded; found "
              + eventJcs.length);
    }
    return eventJcs;
  }

  public LogName log() {
    return log;
  }

  /** The event in RFC 8785 form. Shared: not to be changed. */
  public byte[] eventJcs() {
    return eventJcs;
  }

  public Role role() {
    return role;
  }

  /**
   * The entry that must be the newest of its sort in the log when this is appended; empty for none.
   */
  public OptionalLong basis() {
    return basis;
  }

  /** When it may be received with the verdict that it carries. */
  public ReceivedRange received() {
    return received;
  }

  /** The policy by which the event was judged. */
  public OptionalLong policyIndex() {
    return role == Role.JUDGED ? basis : OptionalLong.empty();
  }

  public Optional<String> recordId() {
    return recordId;
  }

  /** Who tells it. */
  public Side side() {
    return side;
  }

  /** {@link RecordKey} of log, side and record id; means nothing for a draft without an id. */
  public long recordKey() {
    return recordKey;
  }

  public List<Disclosure> disclosures() {
    return disclosures;
  }

  /** The event itself, of a draft that is no record. */
  public Optional<Event> special() {
    return special;
  }

  public List<AnchorLeaf> anchorLeaves() {
    return anchorLeaves;
  }
}
