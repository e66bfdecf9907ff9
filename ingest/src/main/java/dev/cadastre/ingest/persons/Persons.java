package dev.cadastre.ingest.persons;

import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Finds what stands for a person in a text: e-mail addresses, telephone numbers, payment cards,
 * IBANs and national identity numbers. Names and postal addresses have no pattern and are not
 * found.
 */
public final class Persons {
  /** Knows nobody who is not one. */
  public static final Persons ANY = new Persons(Set.of());

  /** Numbers below are nobody's. */
  public static final long NUMBER_MIN = 10_000_000_000L;

  /** Every pattern of numbers has so many digits, so texts with fewer are passed over. */
  private static final int DIGITS_MIN = 6;

  private final Set<String> known;

  private Persons(Set<String> known) {
    this.known = known;
  }

  /**
   * @param known what is nobody, although it looks so: a mailbox of a service, for one
   */
  public static Persons but(Set<String> known) {
    return new Persons(known);
  }

  /** A part of a text, from its first character to the one after its last. */
  record Span(int start, int end) {}

  /** Whether there is anything of a person in the text. */
  public boolean in(String text) {
    boolean uuid = text.length() == Chars.UUID_CHARS && Chars.isUuid(text, 0);
    return !uuid && mayBeIn(text) && next(text, 0).isPresent();
  }

  /** The text with each find replaced; the same object if there is none. */
  public String replaced(String text, UnaryOperator<String> replacement) {
    if (!mayBeIn(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int done = 0;
    for (Optional<Span> found = next(text, 0); found.isPresent(); found = next(text, done)) {
      Span span = found.get();
      out.append(text, done, span.start);
      out.append(replacement.apply(text.substring(span.start, span.end)));
      done = span.end;
    }
    return done == 0 ? text : out.append(text, done, text.length()).toString();
  }

  private static boolean mayBeIn(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '@' || c == '%') {
        return true;
      }
      if (c >= '0' && c <= '9' && ++digits == DIGITS_MIN) {
        return true;
      }
    }
    return false;
  }

  private Optional<Span> next(String text, int from) {
    int at = from;
    while (at < text.length()) {
      Optional<Span> found = at(text, at, from);
      if (found.isPresent()
          && !known.contains(text.substring(found.get().start, found.get().end))) {
        return found;
      }
      at = found.isPresent() ? found.get().end : after(text, at);
    }
    return Optional.empty();
  }

  /** What is found at a sign that may belong to it: an at sign, a plus, or a token's beginning. */
  private static Optional<Span> at(String text, int at, int from) {
    char c = text.charAt(at);
    if (c == '@' || c == '%') {
      return Emails.around(text, at, from);
    }
    if (c == '+' || c == '(') {
      return Phones.at(text, at);
    }
    if (!Chars.isAlnum(c) || !Chars.isBoundary(text, at - 1)) {
      return Optional.empty();
    }
    if (Chars.isUuid(text, at)) {
      return Optional.empty();
    }
    boolean digit = Chars.isDigit(c);
    if (digit && !Chars.isLongNumber(text, at)) {
      return Optional.empty();
    }
    Optional<Span> found = digit ? Cards.at(text, at) : Ibans.at(text, at);
    if (found.isEmpty()) {
      found = NationalIds.at(text, at);
    }
    return found.isEmpty() && digit ? Phones.at(text, at) : found;
  }

  /** Where to look next: behind a UUID, behind the rest of a token, or at the next sign. */
  private static int after(String text, int at) {
    if (!Chars.isAlnum(text.charAt(at))) {
      return at + 1;
    }
    int end = Chars.isUuid(text, at) ? at + Chars.UUID_CHARS : at + 1;
    while (end < text.length() && Chars.isAlnum(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
