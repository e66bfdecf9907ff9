package dev.cadastre.server.cell;

import dev.cadastre.ingest.location.EvidenceSettings;
import dev.cadastre.ingest.location.SpiffePattern;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whom a cell believes when they speak of locations.
 *
 * @param trust directory of who may speak of locations; empty for {@code DIR/trust/location}
 * @param audiences what Google's tokens must be meant for; empty for {@code <name>/<cell>}
 * @param azureNonce what Azure's documents must carry, if anything
 * @param regions where SPIFFE ids name a region, if they do
 */
public record EvidenceTrust(
    Optional<Path> trust,
    List<String> audiences,
    Optional<String> azureNonce,
    Optional<SpiffePattern> regions) {
  public static final EvidenceTrust DEFAULT =
      new EvidenceTrust(Optional.empty(), List.of(), Optional.empty(), Optional.empty());

  public EvidenceTrust {
    audiences = List.copyOf(audiences);
  }

  /** How the cell appraises evidence of locations. */
  EvidenceSettings settings(Cell cell) {
    CellIdentity identity = cell.identity();
    return new EvidenceSettings(
        trust.orElseGet(() -> cell.data().resolve("trust").resolve("location")),
        audiences.isEmpty() ? List.of(identity.name() + "/" + identity.cell()) : audiences,
        azureNonce,
        regions,
        cell.data().resolve("evidence.txt"));
  }
}
