package dev.cadastre.ledger;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.EventEncoder;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.formats.residency.ReceivedRange;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LogName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Drafts for tests. */
final class Drafts {
  private Drafts() {}

  static Draft plain(LogName log, String id) {
    try {
      return Draft.record(log, event(Kind.INCIDENT, id).build(), List.of());
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }

  static List<Draft> plain(LogName log, String prefix, int count) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drafts.add(plain(log, prefix + i));
    }
    return drafts;
  }

  /** A record with an action of its own. */
  static Draft saying(LogName log, String id, String action) {
    try {
      Attributes attributes = Attributes.builder().put("audit.action", action).build();
      return Draft.record(log, event(Kind.INCIDENT, id).attributes(attributes).build(), List.of());
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }

  /** The same record as {@link #saying}, come with another credential. */
  static Draft sayingBy(LogName log, String id, String action, String sender) {
    try {
      Attributes attributes = Attributes.builder().put("audit.action", action).build();
      RecordEvent event =
          RecordEvent.builder(Kind.INCIDENT, sender)
              .id(id)
              .time(1_772_366_400_000_000_000L)
              .attributes(attributes)
              .build();
      return Draft.record(log, event, List.of());
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }

  /** A judged record, by the policy given. */
  static Draft judged(LogName log, String id, Optional<AdoptedPolicy> policy) {
    RecordEvent event = event(Kind.DATA_ACCESS, id).build();
    try {
      return Draft.record(
          log, policy.map(adopted -> judge(event, adopted)).orElse(event), List.of());
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }

  /** A record of a judged kind that may be received in that range alone. */
  static Draft judgedFor(LogName log, String id, ReceivedRange received) {
    try {
      return Draft.record(
          log, event(Kind.DATA_ACCESS, id).build(), List.of(), received, new EventEncoder());
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }

  private static RecordEvent judge(RecordEvent event, AdoptedPolicy adopted) {
    return event.withVerdict(
        Judge.judge(event, adopted.policy(), adopted.registry(), adopted.index(), 0));
  }

  /** A record with one private attribute. */
  static Draft disclosing(LogName log, String id, Disclosure disclosure) throws Refused {
    Attributes attributes =
        Attributes.builder().put("audit.action", "read").sd(disclosure.digest()).build();
    return Draft.record(
        log, event(Kind.INCIDENT, id).attributes(attributes).build(), List.of(disclosure));
  }

  private static RecordEvent.Builder event(Kind kind, String id) throws AssertionError {
    try {
      return RecordEvent.builder(kind, "cli")
          .id(id)
          .time(1_772_366_400_000_000_000L)
          .attributes(
              Attributes.builder()
                  .put("audit.action", "read")
                  .put("audit.target.id", "object-" + id)
                  .build());
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }
}
