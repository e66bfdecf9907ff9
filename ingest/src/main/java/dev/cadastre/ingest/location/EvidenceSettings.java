package dev.cadastre.ingest.location;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a cell appraises evidence.
 *
 * @param trust directory of what is trusted; see {@link TrustAnchorDirectory}. It need not exist
 * @param audiences what tokens may be meant for, at least one
 * @param nonce what Azure's documents must carry, if anything
 * @param regions where SPIFFE ids name a region, if they do
 * @param memory file in which it is kept who sent which evidence first
 */
public record EvidenceSettings(
    Path trust,
    List<String> audiences,
    Optional<String> nonce,
    Optional<SpiffePattern> regions,
    Path memory) {
  public EvidenceSettings {
    audiences = List.copyOf(audiences);
  }
}
