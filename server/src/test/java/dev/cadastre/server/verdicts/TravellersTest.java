package dev.cadastre.server.verdicts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.attestation.Observation;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A teacher abroad sees what stays at home. */
class TravellersTest {
  private static final String POLICY =
      """
      version: 1
      tenant: bank
      categories:
        "*":
          default: {allow: [BR]}
      operators:
        countries: [BR]
      assurance: claimed
      """;

  @TempDir private Path directory;

  @Test
  void whereTheReaderIsIsShownAndJudgedOnlyWhereThePolicySpeaksOfIt() throws Exception {
    try (VendorStory story = new VendorStory(directory, POLICY)) {
      look(story, "PT");
      story.adopt(POLICY + "users:\n  countries: [BR]\n");
      look(story, "BR");
      look(story, "PT");

      ResidencyAttestation attested = story.attested();
      assertEquals(Map.of("compliant", 2L, "violation", 1L), attested.outcomes().counts());
      assertEquals("users.countries", attested.violations().get(0).what().rule());
      assertEquals(
          1,
          attested.observations().get(new Observation("*", "user", "PT", "claimed", "unjudged")));
      assertEquals(
          1,
          attested.observations().get(new Observation("*", "user", "PT", "claimed", "violation")));
      long seen = story.summary().objects("places").stream().filter(TravellersTest::isUser).count();
      assertEquals(2, seen, "Portugal and Brazil");
    }
  }

  private static boolean isUser(Json.Obj place) {
    return place.optValue("hop").filter(Json.of("user")::equals).isPresent();
  }

  private static void look(VendorStory story, String country) throws Exception {
    story.tell(
        "classroom",
        "ledger.data.access",
        Map.of("ledger.location.processing", "BR", "ledger.location.user.country", country));
  }
}
