package dev.cadastre.server.yaml;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.PolicyRefused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * A YAML mapping as JSON, with the position at which each of its members stands.
 *
 * @param name what to call the document in messages, such as its file's name
 * @param text the document as it was given
 * @param root its content
 * @param positions from a member's path ({@code keys.max-cache}, {@code exceptions[0].id}) to where
 *     its name, or the item, begins
 */
public record YamlDocument(
    String name, String text, Json.Obj root, Map<String, Position> positions) {
  /** The largest document read, in bytes: a policy's source has to fit an entry. */
  public static final int MAX_BYTES = 48 * 1024;

  public YamlDocument {
    positions = Map.copyOf(positions);
  }

  /**
   * @param line counted from 1
   * @param column counted from 1, in code points
   */
  public record Position(int line, int column) {
    @Override
    public String toString() {
      return "line " + line + " column " + column;
    }
  }

  /** Reads one document whose root is a mapping. */
  public static YamlDocument parse(String name, byte[] utf8) throws Refused {
    return reader(name, utf8).read();
  }

  /** The same, where a file that says nothing is an empty mapping. */
  public static YamlDocument parseSettings(String name, byte[] utf8) throws Refused {
    return reader(name, utf8).readOrEmpty();
  }

  private static YamlReader reader(String name, byte[] utf8) throws Refused {
    if (utf8.length > MAX_BYTES) {
      throw new Refused(
          name + ": expected at most " + MAX_BYTES + " bytes of YAML, found " + utf8.length);
    }
    return new YamlReader(name, decode(name, utf8));
  }

  /** Turns a refusal of this document's content into one that also says where it stands. */
  public Refused locate(Refused refusal) {
    String message = String.valueOf(refusal.getMessage());
    Optional<Position> at =
        refusal instanceof PolicyRefused exact
            ? position(exact.path())
            : memberNamedIn(message).map(positions::get);
    String where = at.map(position -> " " + position).orElse("");
    return new Refused(name + where + ": " + message, refusal);
  }

  /** Where a member stands, or else the nearest one that holds it; empty for the whole document. */
  public Optional<Position> position(String path) {
    String known = path;
    while (!known.isEmpty() && !positions.containsKey(known)) {
      known =
          known.substring(0, Math.max(0, Math.max(known.lastIndexOf('.'), known.lastIndexOf('['))));
    }
    return known.isEmpty() ? Optional.empty() : Optional.ofNullable(positions.get(known));
  }

  private Optional<String> memberNamedIn(String message) {
    return positions.keySet().stream()
        .filter(path -> !path.isEmpty())
        .filter(path -> message.contains(path) || message.contains('"' + lastName(path) + '"'))
        .max(
            Comparator.comparing((String path) -> message.contains(path))
                .thenComparing(String::length)
                .thenComparing(Comparator.reverseOrder()));
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static String decode(String name, byte[] utf8) throws Refused {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException malformed) {
      throw new Refused(name + ": expected UTF-8 text, found bytes that are not", malformed);
    }
  }
}
