package dev.cadastre.proof.pack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.proof.note.TrustPolicy;
import dev.cadastre.proof.pack.format.PackLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packs that were handed out once stay verifiable. */
class ExamplePackTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("cadastre.root", ".."), "examples", "pack");

  @ParameterizedTest
  @ValueSource(strings = {"rheinbank.zip", "rheinbank-next.zip"})
  void thePacksInExamplesVerify(String name) throws Exception {
    TrustPolicy trust = TrustPolicy.parse(Files.readAllBytes(EXAMPLES.resolve("trust-policy.txt")));
    try (PackReader pack = PackReader.open(EXAMPLES.resolve(name), PackLimits.STANDARD)) {
      VerificationReport report = PackVerifier.verify(pack, Optional.of(trust));
      assertTrue(report.verified() && report.trusted(), report.toJson().toString());
      String entries = "`" + name + "` holds entries " + report.from() + " to " + (report.to() - 1);
      String readme = Files.readString(EXAMPLES.resolve("README.md"));
      assertTrue(readme.contains(entries), entries);
    }
  }
}
