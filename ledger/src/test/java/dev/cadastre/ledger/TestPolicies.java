package dev.cadastre.ledger;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Policy;
import java.nio.charset.StandardCharsets;

/** Small policies for tests. */
public final class TestPolicies {
  private TestPolicies() {}

  /** Data may be processed in one place only. */
  public static Policy allowing(String place) throws Refused {
    String json =
        "{\"categories\":{\"*\":{\"processing\":{\"allow\":[\""
            + place
            + "\"]}}},\"tenant\":\"acme\",\"version\":1}";
    return Policy.fromJson((Json.Obj) Json.parse(json.getBytes(StandardCharsets.UTF_8)));
  }
}
