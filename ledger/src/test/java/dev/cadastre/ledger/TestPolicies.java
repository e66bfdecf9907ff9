package dev.cadastre.ledger;

import dev.cadastre.proof.Refused;
import dev.cadastre.proof.json.Json;
import dev.cadastre.proof.residency.Policy;
import java.nio.charset.StandardCharsets;

/** Small policies for tests. */
final class TestPolicies {
  private TestPolicies() {}

  /** Data may be processed in one place only. */
  static Policy allowing(String place) throws Refused {
    String json =
        "{\"categories\":{\"*\":{\"processing\":{\"allow\":[\""
            + place
            + "\"]}}},\"tenant\":\"acme\",\"version\":1}";
    return Policy.fromJson((Json.Obj) Json.parse(json.getBytes(StandardCharsets.UTF_8)));
  }
}
