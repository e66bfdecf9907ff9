package dev.cadastre.ingest.otlp;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.request.Refusal;
import dev.cadastre.ingest.request.Refusal.Reason;
import dev.cadastre.ingest.request.Refusal.Violation;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ingest.request.Texts;
import dev.cadastre.ingest.request.Undecodable;
import dev.cadastre.ingest.request.Warnings;
import dev.cadastre.ingest.wire.Log;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.OnConflict;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What OpenTelemetry's audit-logging draft (specification/audit/collector.md, "Required Record
 * Fields") wants of every record of {@code /v1/audit}; one that falls short takes its whole batch
 * along, for nothing may succeed in part.
 */
public final class AuditRules {
  private static final List<String> MANDATORY =
      List.of(
          Names.AUDIT_RECORD_ID,
          Names.AUDIT_ACTOR_ID,
          Names.AUDIT_ACTOR_TYPE,
          Names.AUDIT_ACTION,
          Names.AUDIT_OUTCOME);

  /** Answers stay small whatever was sent. */
  private static final int SHOWN_MAX = 100;

  private static final int CHARS_MAX = 300;
  private static final int ID_CHARS_MAX = 512;

  private static final String ID_FIELD = ".attributes[\"" + Names.AUDIT_RECORD_ID + "\"]";

  private final List<Violation> shown = new ArrayList<>();
  private int violations;
  private int records;

  private AuditRules() {}

  /**
   * Requires every record of an audit batch to be complete, and that there is one if there is a
   * body; other batches pass.
   *
   * @throws Rejected naming records and attributes
   */
  public static void require(DecodedRequest batch) throws Rejected {
    if (batch.signal() != Signal.AUDIT) {
      return;
    }
    if (!batch.remark().isEmpty()) {
      throw Rejected.badData(batch.remark());
    }
    AuditRules rules = new AuditRules();
    int position = 0;
    for (DecodedRequest.Group group : batch.groups()) {
      for (ReceivedRecord arrived : group.records()) {
        rules.record(position++, arrived);
      }
    }
    if (rules.violations > 0) {
      String message =
          rules.records
              + " of "
              + position
              + " records are not what the audit endpoint takes; nothing was kept. The first: ";
      throw new Rejected(refusal(message, rules.shown));
    }
  }

  /**
   * Requires that an audit batch, once prepared, has nothing to warn of: there is no success with
   * reservations.
   */
  public static void requireNoProblem(DecodedRequest batch, Warnings warnings) throws Rejected {
    if (batch.signal() == Signal.AUDIT && warnings.problems() > 0) {
      List<Violation> shown =
          warnings.shown().stream()
              .map(one -> new Violation(at(one.position()), one.why()))
              .toList();
      String message =
          "not all records can be kept as they are ("
              + warnings.problems()
              + " problems); nothing was kept. The first: ";
      throw new Rejected(refusal(message, shown));
    }
  }

  /** Whether ids may be used again for something else, with all of them kept. */
  public static OnConflict onConflict(DecodedRequest batch) {
    return batch.signal() == Signal.AUDIT ? OnConflict.REFUSE : OnConflict.KEEP;
  }

  /** What the sender of conflicting records hears; every record has become one draft. */
  public static Refusal conflict(List<AppendResult.Clash> clashes) {
    List<Violation> shown =
        clashes.stream()
            .limit(SHOWN_MAX)
            .map(one -> new Violation(at(one.position()) + ID_FIELD, other(one)))
            .toList();
    return Refusal.violations(
        Reason.CONFLICT,
        clashes.size()
            + " records carry the id of another record; nothing was kept. The first: "
            + shown.get(0).field()
            + " "
            + shown.get(0).description(),
        shown);
  }

  private static String other(AppendResult.Clash clash) {
    return clash
        .first()
        .map(first -> "stands for entry " + first.index() + " of " + first.origin())
        .orElse("stands for an earlier record of this request");
  }

  private static Refusal refusal(String message, List<Violation> shown) {
    Violation first = shown.get(0);
    return Refusal.violations(
        Reason.BAD_DATA, message + first.field() + ": " + first.description(), shown);
  }

  private void record(int position, ReceivedRecord arrived) {
    int before = violations;
    try {
      complete(at(position), ((Log) arrived.decoded()).message());
    } catch (Undecodable e) {
      add(at(position), String.valueOf(e.getMessage()));
    }
    records += violations > before ? 1 : 0;
  }

  /** Counted over the whole request, from 0. */
  private static String at(int position) {
    return "logRecords[" + position + "]";
  }

  private void complete(String at, LogRecord record) {
    if (record.getTimeUnixNano() == 0) {
      add(at + ".timeUnixNano", "is mandatory and not set");
    }
    if (record.getEventName().isBlank()) {
      add(at + ".eventName", "is mandatory and not set");
    }
    for (String name : MANDATORY) {
      problem(record, name).ifPresent(why -> add(at + ".attributes[\"" + name + "\"]", why));
    }
  }

  private static Optional<String> problem(LogRecord record, String name) {
    for (KeyValue attribute : record.getAttributesList()) {
      if (attribute.getKey().equals(name)) {
        if (!attribute.getValue().hasStringValue()) {
          return Optional.of("must be a string");
        }
        String text = attribute.getValue().getStringValue();
        if (name.equals(Names.AUDIT_RECORD_ID) && !isAskable(text)) {
          return Optional.of("has at most " + ID_CHARS_MAX + " printable characters");
        }
        return text.isBlank() ? Optional.of("is mandatory and empty") : Optional.empty();
      }
    }
    return Optional.of("is mandatory and missing");
  }

  /** Whether a receipt can be asked for by this id. */
  private static boolean isAskable(String id) {
    return id.length() <= ID_CHARS_MAX && id.chars().noneMatch(Character::isISOControl);
  }

  private void add(String field, String description) {
    violations++;
    if (shown.size() < SHOWN_MAX) {
      shown.add(new Violation(field, Texts.cut(description, CHARS_MAX)));
    }
  }
}
