package dev.cadastre.formats.value;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.JcsWriter;
import dev.cadastre.formats.text.FixedUnicode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Names and values, sorted by UTF-16 code units as RFC 8785 wants them, and the digests of the
 * attributes that were taken out because they are private ({@code _sd} of RFC 9901 section
 * 4.2.4.1). Immutable.
 */
public final class Attributes {

  /** The member that holds the digests of private attributes; no attribute may have this name. */
  public static final String SD = "_sd";

  /** RFC 9901 keeps this name for array elements, so no attribute may have it either. */
  public static final String SD_ELEMENT = "...";

  public static final Attributes EMPTY =
      new Attributes(SortedNames.of(new String[0]), new Attribute[0], List.of());

  private final SortedNames names;
  private final Attribute[] members;
  private final List<String> sd;

  /**
   * @param members in the order of their names
   */
  Attributes(SortedNames names, Attribute[] members, List<String> sd) {
    this.names = names;
    this.members = members;
    this.sd = sd;
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * For names that are known to be good.
   *
   * @throws IllegalArgumentException when one is reserved
   */
  public static Attributes of(Map<String, Value> members) {
    Builder builder = builder();
    members.forEach(builder::put);
    try {
      return builder.build();
    } catch (Refused e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** How many attributes are here in the open. */
  public int size() {
    return members.length;
  }

  public String name(int i) {
    return members[i].name();
  }

  public Value value(int i) {
    return members[i].value();
  }

  public Optional<Value> get(String name) {
    int i = names.find(name);
    return i < 0 ? Optional.empty() : Optional.of(value(i));
  }

  public boolean has(String name) {
    return names.find(name) >= 0;
  }

  /** Whether a name begins with {@code prefix}. */
  public boolean hasPrefix(String prefix) {
    return names.hasPrefix(prefix);
  }

  /** The attribute's text; empty when it is missing, is not a string, or is blank. */
  public Optional<String> string(String name) {
    int i = names.find(name);
    if (i < 0 || !(value(i) instanceof Value.Text text) || FixedUnicode.isBlank(text.text())) {
      return Optional.empty();
    }
    return Optional.of(text.text());
  }

  /** The attribute's texts, be it one string or a list of strings; other items are passed over. */
  public List<String> strings(String name) {
    int i = names.find(name);
    if (i < 0) {
      return List.of();
    }
    List<String> texts = new ArrayList<>(1);
    List<Value> items = value(i) instanceof Value.Items list ? list.items() : List.of(value(i));
    for (Value item : items) {
      if (item instanceof Value.Text text && !FixedUnicode.isBlank(text.text())) {
        texts.add(text.text());
      }
    }
    return texts;
  }

  /** The attribute's integer; empty when it is missing or is not an integer. */
  public OptionalLong integer(String name) {
    int i = names.find(name);
    return i >= 0 && value(i) instanceof Value.Int number
        ? OptionalLong.of(number.integer())
        : OptionalLong.empty();
  }

  /** Digests of private attributes, sorted; see {@link Disclosure#digest()}. */
  public List<String> sd() {
    return sd;
  }

  /** The open attributes in order. */
  public Map<String, Value> asMap() {
    Map<String, Value> map = new LinkedHashMap<>();
    for (Attribute member : members) {
      map.put(member.name(), member.value());
    }
    return Collections.unmodifiableMap(map);
  }

  /** The open ones of these names alone. */
  public Attributes only(Set<String> wanted) {
    Attribute[] kept =
        Arrays.stream(members).filter(one -> wanted.contains(one.name())).toArray(Attribute[]::new);
    String[] keptNames = Arrays.stream(kept).map(Attribute::name).toArray(String[]::new);
    return new Attributes(SortedNames.of(keptNames), kept, List.of());
  }

  public boolean isEmpty() {
    return members.length == 0 && sd.isEmpty();
  }

  /**
   * Writes the JSON object as the writer's next value; {@link #SD} stands at its place in the order
   * of names.
   */
  public void writeTo(JcsWriter writer) {
    writer.beginObject();
    boolean owed = !sd.isEmpty();
    for (Attribute member : members) {
      if (owed && member.name().compareTo(SD) > 0) {
        writeDigests(writer);
        owed = false;
      }
      member.writeTo(writer);
    }
    if (owed) {
      writeDigests(writer);
    }
    writer.endObject();
  }

  private void writeDigests(JcsWriter writer) {
    writer.name(SD).beginArray();
    for (String digest : sd) {
      writer.string(digest);
    }
    writer.endArray();
  }

  public int depth() {
    int deepest = 0;
    for (Attribute member : members) {
      deepest = Math.max(deepest, member.value().depth());
    }
    return deepest;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Attributes that
        && Arrays.equals(members, that.members)
        && sd.equals(that.sd);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(members) + sd.hashCode();
  }

  @Override
  public String toString() {
    return asMap() + (sd.isEmpty() ? "" : " + " + sd.size() + " private");
  }

  /** Collects attributes in any order. */
  public static final class Builder {
    private final List<Attribute> members = new ArrayList<>();
    private final Set<String> digests = new TreeSet<>();

    public Builder put(String name, Value value) {
      members.add(Attribute.of(name, value));
      return this;
    }

    public Builder put(String name, String text) {
      return put(name, Value.of(text));
    }

    public Builder put(String name, long integer) {
      return put(name, Value.of(integer));
    }

    /** Adds the digest of an attribute that is disclosed elsewhere. */
    public Builder sd(String digest) {
      digests.add(digest);
      return this;
    }

    /**
     * @throws Refused when a name appears twice or is one of {@link #SD} and {@link #SD_ELEMENT}
     */
    public Attributes build() throws Refused {
      members.sort(Attribute.BY_NAME);
      Attribute[] sorted = members.toArray(Attribute[]::new);
      return new Attributes(SortedNames.of(namesOf(sorted)), sorted, List.copyOf(digests));
    }
  }

  /**
   * @throws Refused when a name appears twice or is reserved
   */
  static String[] namesOf(Attribute[] sorted) throws Refused {
    String[] names = new String[sorted.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = allowed(sorted[i].name(), i == 0 ? null : names[i - 1]);
    }
    return names;
  }

  private static String allowed(String name, @Nullable String before) throws Refused {
    if (name.equals(before)) {
      throw new Refused("attribute \"" + name + "\" appears twice");
    }
    if (name.equals(SD) || name.equals(SD_ELEMENT)) {
      throw new Refused(
          "attribute name \""
              + name
              + "\" is reserved for digests of private attributes (RFC 9901)");
    }
    return name;
  }
}
