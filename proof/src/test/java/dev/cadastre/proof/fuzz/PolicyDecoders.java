package dev.cadastre.proof.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.Vectors;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.policy.PolicyChanges;
import dev.cadastre.formats.registry.Region;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.proof.cases.PolicyCases;
import java.util.ArrayList;
import java.util.List;

/** Residency policies, cases to them, and registries of regions, from JSON. */
final class PolicyDecoders {
  private PolicyDecoders() {}

  /** A policy has one canonical form, and a judge who knows it has an answer to any event. */
  static final class Policies {
    private final Registry registry = Registry.standard();
    private final List<RecordEvent> events = new ArrayList<>();
    private final Json.Obj before;

    Policies() throws Refused {
      List<Json.Obj> vectors = Vectors.all("verdicts");
      for (Json.Obj vector : vectors.subList(0, 30)) {
        events.add((RecordEvent) EventCodec.decode(Seeds.utf8(vector.str("event"))));
      }
      before = Json.parseObject(Seeds.utf8(vectors.get(0).str("policy")));
    }

    void decode(byte[] input) throws Refused {
      Json.Obj json = Json.parseObject(input);
      Policy policy = Policy.fromJson(json);
      Json.Obj canonical = policy.toJson();
      Policy again = Policy.fromJson(canonical);
      assertEquals(canonical, again.toJson());
      assertEquals(policy.sha256(), again.sha256());
      assertEquals(List.of(), PolicyChanges.between(canonical, canonical));
      PolicyChanges.between(before, canonical);
      PolicyChanges.between(canonical, before);
      for (RecordEvent event : events) {
        assertEquals(
            Judge.judge(event, policy, registry, 1, 1), Judge.judge(event, again, registry, 1, 1));
      }
      policy.requireKnown(registry);
    }
  }

  /** Cases are read and can be run, whatever comes of it. */
  static final class Cases {
    private final Registry registry = Registry.standard();
    private final Policy policy;

    Cases() throws Refused {
      policy =
          Policy.fromJson(
              Json.parseObject(Seeds.utf8(Vectors.all("verdicts").get(0).str("policy"))));
    }

    void decode(byte[] input) throws Refused {
      PolicyCases cases = PolicyCases.fromJson(Json.parseObject(input), registry);
      assertEquals(cases.cases().size(), cases.run(policy, registry).size());
    }
  }

  static List<byte[]> cases() {
    List<byte[]> seeds = new ArrayList<>();
    for (String one :
        List.of(
            "{\"name\":\"a\",\"data\":\"customer-data\",\"processing\":\"aws:eu-central-1\",\"expect\":\"compliant\"}",
            "{\"name\":\"a\",\"kind\":\"key.use\",\"key\":\"aws:us-east-1\",\"key-id\":\"k\",\"operation\":\"decrypt\",\"expect\":\"violation\",\"rule\":\"key.place\",\"time\":\"2026-11-21T10:00:00Z\"}",
            "{\"name\":\"a\",\"kind\":\"key.use\",\"key-id\":\"k\",\"cache\":\"5m\",\"alerts\":[\"key.used-after-disable\"],\"before\":[{\"kind\":\"key.lifecycle\",\"operation\":\"disable\",\"key-id\":\"k\",\"outcome\":\"success\"}]}",
            "{\"name\":\"a\",\"host\":\"s3.us-east-1.amazonaws.com\",\"approval\":\"x\",\"evidence\":\"e\",\"custody\":\"byok\",\"expect\":\"unproven\"}")) {
      seeds.add(Seeds.utf8("{\"cases\":[" + one + "]}"));
    }
    return seeds;
  }

  static void registry(byte[] input) throws Refused {
    Registry registry = Registry.parse(input);
    assertArrayEquals(Json.parse(input).jcs(), registry.jcs());
    for (String place : registry.places()) {
      registry.resolve(place);
      registry.canonical(place, "");
    }
    for (Region region : registry.regions()) {
      assertEquals(region, registry.region(region.id()).orElseThrow());
    }
  }

  static List<byte[]> registries() {
    String small =
        """
        {"countries":{"CH":"Switzerland","DE":"Germany","FR":"France"},"format":"cadastre-registry/v1",
        "jurisdictions":{"EU":["DE","FR"],"CH":["CH"]},"providers":{"aws":{"aliases":["amazon"],"name":"Amazon",
        "regions":{"eu-central-1":{"country":"DE","lat":50.1,"lon":8.7,"name":"Frankfurt"}}},
        "gcp":{"name":"Google","regions":{}}},"sources":{"aws":"https://example.com"},"version":"1"}\
        """;
    return List.of(Seeds.utf8(small));
  }
}
