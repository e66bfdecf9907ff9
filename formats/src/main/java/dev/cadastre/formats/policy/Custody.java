package dev.cadastre.formats.policy;

import dev.cadastre.formats.text.FixedUnicode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** In whose hands a key is. */
public enum Custody {
  /** The provider makes and manages it (PMK). */
  PROVIDER_MANAGED("pmk"),
  /** The customer manages it in the provider's key store (CMK), perhaps brought along (BYOK). */
  CUSTOMER_MANAGED("cmk", "byok"),
  /** The customer hands it over for each use (CPK, CSEK). */
  CUSTOMER_PROVIDED("cpk", "csek"),
  /** It never leaves the customer's own key store (HYOK). */
  CUSTOMER_HELD("hyok", "ekm"),
  /** Two keys are needed, one of which the customer holds (DKE). */
  DOUBLE_KEY("dke");

  private final List<String> aliases;

  Custody(String... aliases) {
    this.aliases = List.of(aliases);
  }

  public String wire() {
    return FixedUnicode.lowerCase(name()).replace('_', '-');
  }

  /** Reads a wire name or one of the field's abbreviations, in either case. */
  public static Optional<Custody> of(String text) {
    String word = FixedUnicode.lowerCaseAscii(FixedUnicode.strip(text)).replace('_', '-');
    return Stream.of(values())
        .filter(one -> one.wire().equals(word) || one.aliases.contains(word))
        .findFirst();
  }
}
