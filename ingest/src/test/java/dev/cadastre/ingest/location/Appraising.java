package dev.cadastre.ingest.location;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.cadastre.formats.Refused;
import dev.cadastre.ingest.location.Appraisal.Genuine;
import dev.cadastre.ingest.location.Appraisal.Rejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An appraiser over a trust directory, with a clock that the test sets. */
final class Appraising {
  static final String AUDIENCE = "ledger.test/eu-de";
  static final String NONCE = "n-0S6_WzA2Mj";
  static final String SENDER = "token/0000000a";

  final Path trust;
  private final Path memory;
  private Instant now = Issuer.NOW;

  Appraising(Path directory) {
    this.trust = directory.resolve("trust");
    this.memory = directory.resolve("evidence.txt");
  }

  EvidenceAppraiser open() throws IOException, Refused {
    return open(Optional.empty());
  }

  EvidenceAppraiser open(Optional<String> nonce) throws IOException, Refused {
    Files.createDirectories(memory.getParent());
    EvidenceSettings settings =
        new EvidenceSettings(
            trust,
            List.of(AUDIENCE),
            nonce,
            Optional.of(SpiffePattern.parse("spiffe://*/region/{region}/**")),
            memory);
    return EvidenceAppraiser.open(settings, () -> now);
  }

  void setNow(Instant time) {
    now = time;
  }

  static Genuine genuine(EvidenceAppraiser appraiser, Evidence evidence) {
    return assertInstanceOf(
        Genuine.class, appraiser.appraise("acme", SENDER, evidence).orElseThrow());
  }

  static String rejected(EvidenceAppraiser appraiser, Evidence evidence) {
    return rejected(appraiser, SENDER, evidence);
  }

  static String rejected(EvidenceAppraiser appraiser, String sender, Evidence evidence) {
    return assertInstanceOf(
            Rejected.class, appraiser.appraise("acme", sender, evidence).orElseThrow())
        .why();
  }
}
