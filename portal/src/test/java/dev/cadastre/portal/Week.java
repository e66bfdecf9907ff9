package dev.cadastre.portal;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Resource;
import dev.cadastre.formats.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A week of a bank's events: accesses, key uses, a key that is disabled, a few violations and
 * exceptions, two anchors.
 */
final class Week {
  static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/customer-master";
  static final String REVOKED = "onprem/hsm-1/statements";

  /** Disabled in the first period, and used in the second all the same. */
  static final String ARCHIVE = "onprem/hsm-1/archive";

  private final TestCell cell;
  private final Random random = new Random(7);
  private int serial;

  private Week(TestCell cell) {
    this.cell = cell;
  }

  static void live(TestCell cell) throws Refused {
    Week week = new Week(cell);
    cell.adopt();
    for (int hour = 0; hour < 7 * 24; hour++) {
      week.hour(hour);
      cell.move(Duration.ofHours(1));
      if (hour == 60 || hour == 160) {
        cell.anchor();
      }
    }
    cell.index();
  }

  private void hour(int hour) throws Refused {
    for (int i = 0; i < 2 + hour % 5; i++) {
      access("customer-data", "aws:eu-central-1", "aws:eu-central-1");
    }
    use(KEY, "decrypt", "success", "aws:eu-central-1");
    if (hour % 3 == 0) {
      access("payment-data", "aws:eu-central-1", "aws:eu-central-1");
      use(REVOKED, "unwrap", hour >= 96 && hour <= 120 ? "denied" : "success", "aws:eu-central-1");
    }
    rare(hour);
  }

  private void rare(int hour) throws Refused {
    if (hour == 3) {
      lifecycle(KEY, "create");
    } else if (hour == 50) {
      lifecycle(KEY, "rotate");
    } else if (hour == 95) {
      lifecycle(REVOKED, "disable");
    } else if (hour == 120) {
      lifecycle(REVOKED, "enable");
    } else if (hour == 40) {
      lifecycle(ARCHIVE, "disable");
    } else if (hour == 143) {
      use(ARCHIVE, "unwrap", "success", "aws:eu-central-1");
    } else if (hour == 77 || hour == 140 || hour == 141) {
      access("customer-data", "aws:us-east-1", "aws:eu-central-1");
    } else if (hour % 20 == 9) {
      screened();
    } else if (hour % 40 == 11) {
      inference();
    } else if (hour == 130) {
      secret();
    }
  }

  private void access(String category, String processing, String storage) throws Refused {
    Attributes.Builder attributes =
        Attributes.builder()
            .put(
                Names.AUDIT_ACTOR_ID,
                "svc-" + List.of("statements", "onboarding", "fraud").get(random.nextInt(3)))
            .put(Names.DATA_CATEGORY, category)
            .put(Names.DATA_OPERATION, random.nextInt(4) == 0 ? "write" : "read")
            .put(Names.DATA_OBJECT_ID, "acct/" + (1000 + random.nextInt(9000)))
            .put(Names.DATA_PURPOSE, "statement");
    send(
        Kind.DATA_ACCESS,
        attributes.build(),
        Map.of(Hop.PROCESSING, at(processing), Hop.STORAGE, at(storage)),
        List.of());
  }

  private void screened() throws Refused {
    Attributes.Builder attributes =
        Attributes.builder()
            .put(Names.AUDIT_ACTOR_ID, "svc-swift")
            .put(Names.DATA_CATEGORY, "payment-data")
            .put(Names.DATA_OPERATION, "export")
            .put(Names.DATA_OBJECT_ID, "swift/" + serial);
    send(
        Kind.DATA_ACCESS,
        attributes.build(),
        Map.of(Hop.PROCESSING, at("aws:eu-central-1"), Hop.GATEWAY, at("azure:switzerlandnorth")),
        List.of());
  }

  private void inference() throws Refused {
    Attributes.Builder attributes =
        Attributes.builder()
            .put(Names.AUDIT_ACTOR_ID, "svc-assistant")
            .put(Names.AUDIT_ACTION, "chat")
            .put(Names.DATA_CATEGORY, "customer-data")
            .put("gen_ai.input.messages", Value.hashed("what is my balance?"));
    send(
        Kind.INFERENCE,
        attributes.build(),
        Map.of(Hop.PROCESSING, at("gcp:europe-west3")),
        List.of());
  }

  private void secret() throws Refused {
    Disclosure person =
        Disclosure.of(new byte[16], "enduser.id", Value.of("anna.example@bank.example"));
    Attributes.Builder attributes =
        Attributes.builder()
            .put(Names.DATA_CATEGORY, "customer-data")
            .put(Names.DATA_OPERATION, "read")
            .put(Names.DATA_OBJECT_ID, "acct/private")
            .sd(person.digest());
    send(
        Kind.DATA_ACCESS,
        attributes.build(),
        Map.of(Hop.PROCESSING, at("aws:eu-central-1")),
        List.of(person));
  }

  private void use(String key, String operation, String outcome, String place) throws Refused {
    Attributes.Builder attributes =
        key(key).put(Names.KEY_OPERATION, operation).put(Names.AUDIT_OUTCOME, outcome);
    send(Kind.KEY_USE, attributes.build(), Map.of(Hop.KEY, at(place)), List.of());
  }

  private void lifecycle(String key, String operation) throws Refused {
    Attributes.Builder attributes =
        key(key).put(Names.KEY_OPERATION, operation).put(Names.AUDIT_OUTCOME, "success");
    send(
        Kind.KEY_LIFECYCLE, attributes.build(), Map.of(Hop.KEY, at("aws:eu-central-1")), List.of());
  }

  private static Attributes.Builder key(String key) {
    return Attributes.builder()
        .put(Names.AUDIT_ACTOR_ID, "svc-keys")
        .put(Names.KEY_ID, key)
        .put(Names.KEY_CUSTODY, "customer-held")
        .put(Names.KEY_PROVIDER, "aws");
  }

  private static Location at(String place) {
    return new Location(place, Assurance.CLAIMED);
  }

  private void send(
      Kind kind, Attributes attributes, Map<Hop, Location> locations, List<Disclosure> disclosures)
      throws Refused {
    Resource resource =
        new Resource(Attributes.builder().put(Names.SERVICE_NAME, "core-banking").build());
    RecordEvent event =
        RecordEvent.builder(kind, "token/0badcafe")
            .id("rec-" + serial++)
            .time(cell.nanos())
            .attributes(attributes)
            .resource(resource)
            .locations(locations)
            .build();
    cell.append(TestCell.BANK, event, disclosures);
  }
}
