package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.policy.Duty;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a detector noticed.
 *
 * @param index the entry at which it noticed
 * @param kind what it is
 * @param subject the key, stream, edge or host it is about
 * @param detail the particulars, for people
 */
public record Alert(long index, Kind kind, String subject, String detail) {

  /** What detectors look for. */
  public enum Kind {
    KEY_USED_AFTER_DISABLE(
        "key.used-after-disable", "A key was used although it had been disabled"),
    KEY_USED_AFTER_WITHDRAWAL(
        "key.used-after-withdrawal", "A key was used by one whose access had been withdrawn"),
    KEY_FIRST_DENIAL("key.first-denial", "The first use of a key after its revocation was refused"),
    KEY_CACHED_TOO_LONG("key.cached-too-long", "A key was used past its cache time"),
    KEY_NOT_ROTATED("key.not-rotated", "A key was used that was to be rotated before"),
    KEY_NOT_ATTESTED(
        "key.not-attested", "A key was given out without an attestation that the log holds"),
    KEY_ALONE("key.alone", "One of several keys that are needed together was used alone"),
    KEY_ONE_PERSON("key.one-person", "What was done to a key needed a second person, and had none"),
    BACKUP_WITHOUT_CONSENT("backup.without-consent", "A copy was made that nobody agreed to"),
    EXPORT_WITHOUT_APPROVAL(
        "export.without-approval", "Data were exported without an authority's approval"),
    EXPORT_NOT_FILED("export.not-filed", "Data were exported without a filing number"),
    DEGRADED_WRITE("degraded.write", "A service that was not in its normal mode took a write"),
    DEGRADED_READ(
        "degraded.read", "A service that was not in its normal mode served reads for too long"),
    LEARNING_OVER_BUDGET(
        "learning.over-budget", "Federated updates spent more privacy than a period has"),
    APPROVAL_UNBOUND(
        "approval.unbound", "A record names an approval that is none, or not for this"),
    APPROVAL_INCOMPLETE(
        "approval.incomplete",
        "An approval does not say for what, until when, or by whose authority"),
    TOLD_BY_CUSTOMER_ALONE(
        "sides.customer-alone", "The customer tells of a call that the vendor did not report"),
    TOLD_DIFFERENTLY("sides.differing", "The vendor and its customer tell of one call differently"),
    SEQUENCE_GAP("sequence.gap", "A sender's numbers leave some out"),
    SEQUENCE_REPEAT("sequence.repeat", "A sender's number came again, or late"),
    CHAIN_BROKEN("sequence.chain-broken", "A record does not continue its sender's chain"),
    SIGNATURE_INVALID("signature.invalid", "A sender's signature over its record does not hold"),
    NEW_CROSS_BORDER_EDGE("edge.cross-border", "Data crosses a border where it had not before"),
    CENTRAL_LOGGING("habit.central-logging", "Raw logs are kept in another country"),
    BACKUP_ABROAD("habit.backup-abroad", "A backup lies in another country, and nothing allows it"),
    ANALYTICS_EGRESS("habit.analytics-egress", "Something calls a product-analytics service"),
    UNDECLARED_HOST("habit.undeclared-host", "Data went to a host that the policy does not name"),
    GEO_BY_IP("habit.geo-by-ip", "A location was inferred from an IP address"),
    ARTIFACT_MOVED("habit.artifact-moved", "A build artifact went to another region"),
    GLOBAL_ENDPOINT("habit.global-endpoint", "An inference went to an endpoint without a region"),
    INVENTORY_DIFFERS(
        "inventory.differs", "A resource is declared here, and was seen there or in other hands");

    private final String wire;
    private final String title;

    Kind(String wire, String title) {
      this.wire = wire;
      this.title = title;
    }

    /** The kind that is called so. */
    public static Optional<Kind> of(String wire) {
      return Arrays.stream(values()).filter(kind -> kind.wire.equals(wire)).findFirst();
    }

    public String wire() {
      return wire;
    }

    /** The rule that what was noticed violates, for the kinds that are violations. */
    public Optional<String> rule() {
      return switch (this) {
        case KEY_USED_AFTER_DISABLE -> Optional.of(OrderViolations.AFTER_DISABLE);
        case KEY_USED_AFTER_WITHDRAWAL -> Optional.of(OrderViolations.AFTER_WITHDRAWAL);
        case KEY_CACHED_TOO_LONG -> Optional.of(OrderViolations.PAST_CACHE);
        default -> duty().map(Duty::id);
      };
    }

    /** The hop that a violation is about. */
    public Hop hop() {
      return duty().map(Duty::hop).orElse(Hop.KEY);
    }

    /** The policy's duty that was not kept, for the kinds that are of one. */
    private Optional<Duty> duty() {
      return switch (this) {
        case KEY_NOT_ROTATED -> Optional.of(Duty.KEY_ROTATION);
        case KEY_NOT_ATTESTED -> Optional.of(Duty.KEY_RELEASE);
        case KEY_ALONE -> Optional.of(Duty.KEY_DOUBLE);
        case KEY_ONE_PERSON -> Optional.of(Duty.KEY_DUAL_CONTROL);
        case BACKUP_WITHOUT_CONSENT -> Optional.of(Duty.BACKUP_CONSENT);
        case EXPORT_WITHOUT_APPROVAL -> Optional.of(Duty.EXPORT_APPROVAL);
        case EXPORT_NOT_FILED -> Optional.of(Duty.EXPORT_FILING);
        case DEGRADED_WRITE -> Optional.of(Duty.DEGRADED_WRITES);
        case DEGRADED_READ -> Optional.of(Duty.DEGRADED_READS);
        case LEARNING_OVER_BUDGET -> Optional.of(Duty.LEARNING_BUDGET);
        default -> Optional.empty();
      };
    }

    /** What it means, in a sentence. */
    public String title() {
      return title;
    }
  }
}
