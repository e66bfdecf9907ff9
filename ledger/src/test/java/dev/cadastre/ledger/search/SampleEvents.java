package dev.cadastre.ledger.search;

import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Resource;
import dev.cadastre.formats.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Events with few words that occur often and some that occur seldom. The same seed gives the same
 * events.
 */
public final class SampleEvents {
  public static final long START_NS = 1_780_000_000_000_000_000L;
  public static final long SECOND_NS = 1_000_000_000L;

  private static final List<String> CATEGORIES =
      List.of("customer-data", "payment-data", "telemetry");
  private static final List<String> PLACES =
      List.of("aws:eu-central-1", "aws:eu-west-1", "onprem:frankfurt", "aws:us-east-1");

  private final Random random;

  public SampleEvents(long seed) {
    random = new Random(seed);
  }

  /** The event at that place of a story, one a second. */
  public RecordEvent next(long i) {
    Kind kind =
        random.nextInt(10) < 7
            ? Kind.DATA_ACCESS
            : random.nextBoolean() ? Kind.KEY_USE : Kind.INFERENCE;
    Outcome outcome = random.nextInt(100) == 0 ? Outcome.VIOLATION : Outcome.COMPLIANT;
    String place = outcome == Outcome.VIOLATION ? PLACES.get(3) : PLACES.get(random.nextInt(3));
    String key = "arn:aws:kms:eu-central-1:111122223333:key/" + random.nextInt(20);
    Attributes attributes =
        Attributes.of(
            Map.of(
                "audit.action", Value.of(kind == Kind.KEY_USE ? "key.unwrap" : "account.read"),
                "audit.actor.id", Value.of("svc/" + random.nextInt(50)),
                "audit.outcome", Value.of(random.nextInt(50) == 0 ? "denied" : "success"),
                "audit.target.id", Value.of("account/" + random.nextInt(500)),
                "ledger.data.category", Value.of(CATEGORIES.get(random.nextInt(3))),
                "ledger.key.id", Value.of(key),
                "ledger.key.operation", Value.of("unwrap")));
    return RecordEvent.builder(kind, "token/0a1b2c3d")
        .id("rec-" + i)
        .name("bank." + kind.wire())
        .time(START_NS + i * SECOND_NS)
        .attributes(attributes)
        .resource(
            new Resource(
                Attributes.of(Map.of("service.name", Value.of("core-" + random.nextInt(5))))))
        .locations(
            Map.of(
                Hop.PROCESSING,
                new Location(place, Assurance.CLAIMED),
                Hop.KEY,
                new Location(place, Assurance.CORROBORATED)))
        .verdict(verdict(outcome))
        .build();
  }

  private static Verdict verdict(Outcome outcome) {
    List<Finding> findings = new ArrayList<>();
    findings.add(new Finding(Hop.PROCESSING, outcome, "customer-data.processing"));
    findings.add(new Finding(Hop.KEY, Outcome.COMPLIANT, "keys.place"));
    return Verdict.of(findings, 1);
  }

  /** Two events of which the second is noticed: a key is used after it was disabled. */
  public static List<RecordEvent> alerting() {
    long timeNs = START_NS + 200 * SECOND_NS;
    return List.of(
        key(Kind.KEY_LIFECYCLE, "revoked", "disable", "success", timeNs),
        key(Kind.KEY_USE, "revoked", "unwrap", "success", timeNs + SECOND_NS));
  }

  /** A step in a key's life or a use of it. */
  static RecordEvent key(Kind kind, String key, String operation, String result, long timeNs) {
    return RecordEvent.builder(kind, "token/0a1b2c3d")
        .time(timeNs)
        .attributes(
            Attributes.of(
                Map.of(
                    "ledger.key.id", Value.of(key),
                    "ledger.key.custody", Value.of("hyok"),
                    "ledger.key.operation", Value.of(operation),
                    "audit.outcome", Value.of(result))))
        .build();
  }
}
