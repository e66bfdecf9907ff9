package dev.cadastre.portal.page.events;

import dev.cadastre.portal.text.Foreign;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Who did what with what, and for what; only what the event says.
 *
 * @param verb the operation, action or name, as the sender has it
 * @param result what the sender says came of it
 * @param object what it was done to or with
 */
public record Sentence(
    Optional<String> who,
    Optional<String> verb,
    Optional<String> result,
    Optional<String> object,
    Optional<String> category,
    Optional<String> purpose) {
  private static final Map<String, String> DONE =
      Map.ofEntries(
          Map.entry("decrypt", "decrypted with"),
          Map.entry("encrypt", "encrypted with"),
          Map.entry("unwrap", "unwrapped with"),
          Map.entry("wrap", "wrapped with"),
          Map.entry("rewrap", "rewrapped with"),
          Map.entry("sign", "signed with"),
          Map.entry("verify", "verified with"),
          Map.entry("generate_data_key", "made a data key with"),
          Map.entry("create", "created"),
          Map.entry("rotate", "rotated"),
          Map.entry("disable", "disabled"),
          Map.entry("enable", "enabled"),
          Map.entry("delete", "deleted"),
          Map.entry("destroy", "destroyed"),
          Map.entry("read", "read"),
          Map.entry("write", "wrote"),
          Map.entry("update", "changed"),
          Map.entry("export", "exported"),
          Map.entry("list", "listed"),
          Map.entry("store", "stored"),
          Map.entry("invoke", "invoked"),
          Map.entry("load", "loaded"),
          Map.entry("chat", "asked a model"),
          Map.entry("portal.sign-in", "signed in"),
          Map.entry("portal.sign-out", "signed out"),
          Map.entry("portal.view", "looked at"),
          Map.entry("portal.pack.build", "asked for pack"),
          Map.entry("portal.pack.download", "downloaded pack"),
          Map.entry("portal.attestation.download", "downloaded the attestation of anchor"));
  private static final Set<String> REFUSED =
      Set.of(
          "denied", "deny", "failure", "failed", "fail", "refused", "error", "rejected", "blocked");

  /** As words alone. */
  public String text() {
    return text(UnaryOperator.identity());
  }

  /** For a page: what the event says is told apart from what the page says. */
  String shown() {
    return text(Foreign::of);
  }

  /**
   * Ids stand as they are: of two workloads that have one name in two trust domains, or of two
   * roles of one name in two accounts, any shorter form would make one.
   */
  private String text(UnaryOperator<String> foreign) {
    StringBuilder text = new StringBuilder(who.map(foreign).orElse(""));
    append(text, refused() ? "was refused" : "");
    append(text, verb.map(word -> verb(word, foreign)).orElse(""));
    append(text, object.map(foreign).map(word -> refused() ? "of " + word : word).orElse(""));
    category.map(foreign).ifPresent(word -> append(text, "(" + word + ")"));
    purpose.map(foreign).ifPresent(word -> append(text, "for " + word));
    return text.toString();
  }

  private String verb(String word, UnaryOperator<String> foreign) {
    Optional<String> done = Optional.ofNullable(DONE.get(word)).filter(told -> !refused());
    return done.orElseGet(() -> foreign.apply(word));
  }

  private boolean refused() {
    return result.filter(REFUSED::contains).isPresent();
  }

  private static void append(StringBuilder text, String word) {
    if (!word.isEmpty()) {
      text.append(text.isEmpty() ? "" : " ").append(word);
    }
  }
}
