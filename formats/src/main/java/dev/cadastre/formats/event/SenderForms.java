package dev.cadastre.formats.event;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import java.util.Set;
import java.util.regex.Pattern;

/** Which credential a record came with, in the forms that entries have for it. */
final class SenderForms {
  /**
   * A token's, or the SPIFFE id of a client certificate (SPIFFE-ID standard, section 2); of the
   * customer's side with a word before it.
   */
  private static final Pattern OUTSIDE =
      Pattern.compile(
          "("
              + Side.COUNTERPART
              + ")?(token/[0-9a-f]{8}"
              + "|spiffe/[a-z0-9._-]{1,255}(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)*)");

  private static final int CHARS_MAX = 2_048;
  private static final Set<String> OWN = Set.of("cell", "cli", "portal");

  private SenderForms() {}

  /** Refuses a sender in none of its forms. */
  static String require(String sender) throws Refused {
    boolean known =
        OWN.contains(sender) || sender.length() <= CHARS_MAX && OUTSIDE.matcher(sender).matches();
    if (!known) {
      throw new Refused(
          "expected token/<8 hex> or spiffe/<id>, either perhaps behind counterpart/, portal, cli"
              + " or cell as \"sender\", found "
              + Encodings.quote(sender));
    }
    return sender;
  }
}
