package dev.cadastre.proof.pack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.proof.note.TrustPolicy;
import dev.cadastre.proof.pack.format.PackLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A pack that was handed out once stays verifiable. */
class ExamplePackTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("cadastre.root", ".."), "examples", "pack");

  @Test
  void thePackInExamplesVerifies() throws Exception {
    TrustPolicy trust = TrustPolicy.parse(Files.readAllBytes(EXAMPLE.resolve("trust-policy.txt")));
    try (PackReader pack = PackReader.open(EXAMPLE.resolve("paybridge.zip"), PackLimits.STANDARD)) {
      VerificationReport report = PackVerifier.verify(pack, Optional.of(trust));
      assertTrue(report.verified() && report.trusted(), report.toJson().toString());
      String entries = "holds entries " + report.from() + " to " + (report.to() - 1) + " of ";
      String readme = Files.readString(EXAMPLE.resolve("README.md"));
      assertTrue(readme.contains(entries), entries);
    }
  }
}
