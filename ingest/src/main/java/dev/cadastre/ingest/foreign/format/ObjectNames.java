package dev.cadastre.ingest.foreign.format;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of objects and paths. They stand in the open, so an e-mail address in one is taken out of
 * it; the whole name is in the original record.
 */
public final class ObjectNames {
  private static final String PRIVATE = "(private)";

  /** No repetition inside a repetition: names are as long as a sender likes. */
  private static final Pattern EMAIL = Pattern.compile("[^/\\s:@]++(?:@|%40)[^/\\s:@]++");

  /**
   * Paths of Vault that name who signs in, or an entity: {@code auth/ldap/login/NAME}, {@code
   * auth/userpass/users/NAME}, {@code identity/entity/name/NAME}; a namespace may stand in front.
   */
  private static final Pattern LOGIN =
      Pattern.compile(
          "((?:^|/)auth/(?:[^/]++/)+?(?:login|users?|user-id)/"
              + "|(?:^|/)identity/(?:entity|persona|alias)(?:-alias)?/name/)[^/].*+",
          Pattern.DOTALL);

  private ObjectNames() {}

  /** A path of Vault without the name of a person in it. */
  public static String withoutLogins(String path) {
    Matcher login = LOGIN.matcher(path);
    return login.find() ? path.substring(0, login.end(1)) + PRIVATE : path;
  }

  public static String open(String name) {
    boolean may = name.indexOf('@') >= 0 || name.contains("%40");
    return may ? EMAIL.matcher(name).replaceAll(PRIVATE) : name;
  }
}
