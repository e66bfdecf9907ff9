package dev.cadastre.formats.residency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.Vectors;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Policies and verdicts, against the vectors. */
class ResidencyVectorsTest {
  private static final Registry REGISTRY = Registry.standard();

  @TestFactory
  Stream<DynamicTest> policies() {
    return Vectors.tests(
        "residency-policies",
        v -> {
          Policy policy;
          try {
            policy = Policy.fromJson(Json.parseObject(utf8(v, "policy")));
            policy.requireKnown(REGISTRY);
          } catch (Refused e) {
            String says = v.optStr("says").orElse("(valid)");
            assertTrue(e.toString().contains(says), () -> says + " is not in: " + e);
            throw e;
          }
          byte[] canonical = utf8(v, "canonical");
          assertEquals(
              Vectors.str(v, "canonical"),
              new String(policy.toJson().jcs(), StandardCharsets.UTF_8));
          assertEquals(Hash.sha256(canonical), policy.sha256());
          assertArrayEquals(canonical, Policy.fromJson(policy.toJson()).toJson().jcs());
        });
  }

  @TestFactory
  Stream<DynamicTest> verdicts() {
    return Vectors.tests(
        "verdicts",
        v -> {
          Policy policy = Policy.fromJson(Json.parseObject(utf8(v, "policy")));
          RecordEvent event = (RecordEvent) EventCodec.decode(utf8(v, "event"));
          RecordEvent judged =
              event.withVerdict(
                  Judge.judge(
                      event, policy, REGISTRY, 1, Long.parseLong(Vectors.str(v, "received"))));
          Json.Obj verdict = Json.parseObject(EventCodec.encode(judged)).obj("verdict");
          if (Vectors.str(v, "result").equals("valid")) {
            assertEquals(
                Vectors.str(v, "verdict"), new String(verdict.jcs(), StandardCharsets.UTF_8));
          } else if (!verdict.equals(Json.parseObject(utf8(v, "verdict")))) {
            throw new Refused("not the judge's verdict");
          }
        });
  }

  private static byte[] utf8(Json.Obj vector, String name) throws Refused {
    return Vectors.str(vector, name).getBytes(StandardCharsets.UTF_8);
  }
}
