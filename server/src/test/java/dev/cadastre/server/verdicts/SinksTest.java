package dev.cadastre.server.verdicts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the policy calls a store of logs is one, and a host that it does not name is shown. */
class SinksTest {
  private static final String POLICY =
      """
      version: 1
      tenant: bank
      categories:
        "*":
          default: {allow: [EU, US]}
      """;
  private static final String SINKS =
      """
      stores:
        app-logs: {holds: logs, place: "aws:us-east-1"}
      subprocessors:
        Acquirer AG: {hosts: ["*.acquirer.example"]}
      """;

  @TempDir private Path directory;

  @Test
  void storesAndHostsAreWhatThePolicySaysFromTheMomentItDoes() throws Exception {
    try (VendorStory story = new VendorStory(directory, POLICY)) {
      tell(story);
      story.adopt(POLICY + SINKS);
      tell(story);
      story.adopt(POLICY);
      tell(story);

      story.attested();
      story.summary();
      List<Json.Obj> alerts = story.api("/alerts").objects("alerts");
      assertEquals(
          List.of("habit.central-logging DE -> US 1", "habit.undeclared-host tracker.example 1"),
          alerts.stream().map(SinksTest::line).toList());
    }
  }

  private static String line(Json.Obj alert) {
    try {
      return alert.str("kind")
          + " "
          + alert.objects("about").get(0).str("subject")
          + " "
          + alert.integer("times");
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }

  private static void tell(VendorStory story) throws Exception {
    story.tell(
        "api",
        "ledger.data.access",
        Map.of("ledger.location.processing", "DE", "ledger.data.object.id", "s3://app-logs/1.gz"));
    story.tell(
        "api",
        "ledger.data.access",
        Map.of(
            "ledger.location.processing",
            "DE",
            "ledger.data.category",
            "customer-data",
            "server.address",
            "tracker.example"));
    story.tell(
        "api",
        "ledger.data.access",
        Map.of(
            "ledger.location.processing",
            "DE",
            "ledger.data.category",
            "customer-data",
            "server.address",
            "files.acquirer.example"));
  }
}
