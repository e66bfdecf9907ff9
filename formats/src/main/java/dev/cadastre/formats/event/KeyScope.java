package dev.cadastre.formats.event;

import dev.cadastre.formats.value.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a revocation of a key takes away: the key, one of its versions, or one identity's use of it.
 * Others go on as before.
 *
 * @param of what sort of it is
 * @param name of the version or the identity; empty for the key
 */
public record KeyScope(Of of, String name) implements Comparable<KeyScope> {
  public enum Of {
    KEY,
    VERSION,
    IDENTITY
  }

  public static final KeyScope KEY = new KeyScope(Of.KEY, "");

  private static final Comparator<KeyScope> ORDER =
      Comparator.comparing(KeyScope::of).thenComparing(KeyScope::name);

  /** Names of those who use a key, under which an access may be withdrawn. */
  private static final List<String> ACTORS = List.of(Names.AUDIT_ACTOR_ID, Names.ACTOR_ROLE);

  public static KeyScope version(String name) {
    return new KeyScope(Of.VERSION, name);
  }

  public static KeyScope identity(String name) {
    return new KeyScope(Of.IDENTITY, name);
  }

  /** Those that a use falls under, the widest first. */
  public static List<KeyScope> ofUse(RecordEvent event) {
    Set<String> identities = new LinkedHashSet<>();
    for (String actor : ACTORS) {
      event.attributes().string(actor).ifPresent(identities::add);
    }
    event.resourceAttributes().string(Names.SERVICE_NAME).ifPresent(identities::add);
    return with(event, identities);
  }

  /** Those that an act of the key's life is about, the widest first. */
  public static List<KeyScope> ofAct(RecordEvent event) {
    return with(
        event,
        Stream.of(Names.KEY_WITHDRAWN_FROM, Names.KEY_GRANTED_TO)
            .flatMap(name -> event.attributes().strings(name).stream())
            .distinct()
            .toList());
  }

  private static List<KeyScope> with(RecordEvent event, Iterable<String> identities) {
    List<KeyScope> scopes = new ArrayList<>(List.of(KEY));
    event.attributes().string(Names.KEY_VERSION).ifPresent(one -> scopes.add(version(one)));
    identities.forEach(one -> scopes.add(identity(one)));
    return scopes;
  }

  public boolean isKey() {
    return of == Of.KEY;
  }

  /** A narrower scope of a key as one text, from which both can be told again. */
  public String item(String key) {
    return key.length() + " " + key + (of == Of.VERSION ? 'v' : 'i') + name;
  }

  /** The key of an item. */
  public static String keyOf(String item) {
    int space = item.indexOf(' ');
    return item.substring(space + 1, end(item, space));
  }

  /** The scope of an item. */
  public static KeyScope in(String item) {
    int end = end(item, item.indexOf(' '));
    String name = item.substring(end + 1);
    return item.charAt(end) == 'v' ? version(name) : identity(name);
  }

  private static int end(String item, int space) {
    return space + 1 + Integer.parseInt(item.substring(0, space));
  }

  @Override
  public int compareTo(KeyScope other) {
    return ORDER.compare(this, other);
  }
}
