package dev.cadastre.ledger.vault;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.ledger.model.LogName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The disclosures of a run of entries.
 *
 * @param firstIndex the run's first entry
 * @param count entries in the run, whether they have disclosures or not
 */
public record DisclosureBatch(
    LogName log, long firstIndex, int count, List<Disclosure> disclosures) {
  /** The disclosures one a line; they are base64url, so a line feed separates them. */
  byte[] plaintext() {
    StringBuilder lines = new StringBuilder();
    for (Disclosure disclosure : disclosures) {
      lines.append(disclosure.encoded()).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.US_ASCII);
  }

  static List<Disclosure> parse(byte[] plaintext) throws Refused {
    List<Disclosure> disclosures = new ArrayList<>();
    for (String line : new String(plaintext, StandardCharsets.US_ASCII).split("\n")) {
      disclosures.add(Disclosure.parse(line));
    }
    return disclosures;
  }
}
