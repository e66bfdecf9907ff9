package dev.cadastre.portal.page;

import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Value;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Attribute values for reading. The exact bytes are shown beside them; this need not be reversible.
 */
public final class Values {
  private Values() {}

  public static String text(Value value) {
    if (value instanceof Value.Text text) {
      return text.text();
    } else if (value instanceof Value.Bool bool) {
      return bool.truth() ? "true" : "false";
    } else if (value instanceof Value.Int number) {
      return Long.toString(number.integer());
    } else if (value instanceof Value.Real number) {
      return Double.toString(number.number());
    } else if (value instanceof Value.Bytes bytes) {
      return "bytes " + HexFormat.of().formatHex(bytes.bytes());
    } else if (value instanceof Value.Items items) {
      return items.items().stream().map(Values::text).collect(Collectors.joining(", "));
    } else if (value instanceof Value.Members members) {
      return members(members.members());
    } else if (value instanceof Value.Hashed hashed) {
      return "content not kept: "
          + Words.count(hashed.bytes(), "byte", "bytes")
          + " with SHA-256 "
          + hashed.sha256().hex();
    }
    return "not set";
  }

  private static String members(Attributes members) {
    List<String> parts = new ArrayList<>();
    members.asMap().forEach((name, value) -> parts.add(name + " = " + text(value)));
    return String.join("; ", parts);
  }
}
