package dev.cadastre.ingest.persons;

import dev.cadastre.ingest.persons.Persons.Span;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * E-mail addresses (RFC 5321 section 4.1.2, in the forms in use), also with {@code %40} for the at
 * sign. Service accounts of Google Cloud have such names and are nobody's; so has {@code git} of
 * repositories, and what follows a unit of systemd or the name of a picture is no domain. In a URL
 * the last at sign of the authority ends who signs in there, and a host follows.
 */
final class Emails {
  private static final int LOCAL_MAX = 64;
  private static final int DOMAIN_MAX = 253;
  private static final int USERINFO_MAX = 512;
  private static final Set<String> NO_DOMAINS =
      Set.of(
          "service", "socket", "timer", "mount", "target", "slice", "scope", "png", "jpg", "jpeg",
          "gif", "svg", "webp", "js", "css");

  private Emails() {}

  static Optional<Span> around(String text, int at, int from) {
    int behind = behind(text, at);
    int start = at;
    while (start > from && at - start <= LOCAL_MAX && isLocal(text.charAt(start - 1))) {
      start--;
    }
    while (start < at && !Chars.isAlnum(text.charAt(start))) {
      start++;
    }
    int end = domainEnd(text, behind);
    boolean found =
        behind > 0
            && start < at
            && end > 0
            && !isMachine(text.substring(start, at), text, behind, end)
            && !isUserInfo(text, at, end);
    return found ? Optional.of(new Span(start, end)) : Optional.empty();
  }

  /** Where the domain begins; -1 if this is no at sign. */
  private static int behind(String text, int at) {
    if (text.charAt(at) == '@') {
      return at + 1;
    }
    return text.startsWith("%40", at) ? at + 3 : -1;
  }

  private static boolean isLocal(char c) {
    return Chars.isAlnum(c) || "._+-'!#$*^`{|}~".indexOf(c) >= 0;
  }

  /** Where a domain with a top level of letters ends; -1 if there is none. */
  private static int domainEnd(String text, int from) {
    if (from < 0) {
      return -1;
    }
    int end = from;
    int dot = -1;
    int good = -1;
    while (end < text.length() && end - from < DOMAIN_MAX) {
      char c = text.charAt(end);
      if (c == '.') {
        if (end == from || !Chars.isAlnum(text.charAt(end - 1))) {
          break;
        }
        dot = end;
      } else if (!Chars.isAlnum(c) && c != '-') {
        break;
      }
      end++;
      if (dot > 0 && isTop(text, dot + 1, end) && Chars.isBoundary(text, end)) {
        good = end;
      }
    }
    return good;
  }

  private static boolean isTop(String text, int start, int end) {
    if (end - start < 2 || end - start > LOCAL_MAX || !Character.isLetter(text.charAt(end - 1))) {
      return end - start > 4 && text.startsWith("xn--", start);
    }
    return Character.isLetter(text.charAt(start));
  }

  /**
   * Whether an at sign ends the {@code userinfo} of a URL (RFC 3986 section 3.2), with no other
   * behind it. Both searches end at the next at sign, so that together they pass a text once.
   */
  private static boolean isUserInfo(String text, int at, int domainEnd) {
    if (text.charAt(at) != '@') {
      return false;
    }
    int start = at;
    while (start > 0 && at - start < USERINFO_MAX && isAuthority(text.charAt(start - 1))) {
      start--;
    }
    int end = domainEnd;
    while (end < text.length() && end - domainEnd < USERINFO_MAX && isAuthority(text.charAt(end))) {
      end++;
    }
    boolean another = end < text.length() && text.charAt(end) == '@';
    return start > 2 && text.startsWith("://", start - 3) && !another;
  }

  private static boolean isAuthority(char c) {
    return c > ' ' && "/?#@\\\"<>".indexOf(c) < 0;
  }

  private static boolean isMachine(String local, String text, int behind, int end) {
    String domain = text.substring(behind, end).toLowerCase(Locale.ROOT);
    return domain.endsWith(".gserviceaccount.com")
        || local.equals("git")
        || NO_DOMAINS.contains(domain.substring(domain.lastIndexOf('.') + 1));
  }
}
