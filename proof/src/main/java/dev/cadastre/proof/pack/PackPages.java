package dev.cadastre.proof.pack;

import dev.cadastre.formats.registry.Registry;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackRefused;
import dev.cadastre.proof.report.ReadmePage;
import dev.cadastre.proof.report.ReportPage;
import java.util.Arrays;
import java.util.Optional;

/** Holds the pages of a pack against those that its attestation and keys give. */
final class PackPages {
  private PackPages() {}

  /** Checks the report and the page about the pack. */
  static String verify(
      PackReader pack, PackKeys keys, ResidencyAttestation said, Optional<Registry> registry)
      throws PackRefused {
    require(pack, PackLayout.REPORT, ReportPage.of(said, registry), "the attestation gives it");
    byte[] readme = ReadmePage.of(said.scope(), keys.listed());
    require(pack, PackLayout.README, readme, "this period and these keys give it");
    return "report and README are what the attestation gives";
  }

  private static void require(PackReader pack, String name, byte[] expected, String as)
      throws PackRefused {
    byte[] found = pack.bytes(name);
    int at = Arrays.mismatch(found, expected);
    if (at >= 0) {
      throw new PackRefused(
          "expected " + name + " as " + as + ", found another from byte " + at + " on");
    }
  }
}
