package dev.cadastre.proof.approval;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.JcsWriter;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Value;
import dev.cadastre.formats.value.ValueCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/** An approval as members of a state's entry, and as one text. */
public final class ApprovalText {
  private ApprovalText() {}

  /** Its members; those that name nothing are left out. */
  public static Attributes members(Approval one) {
    Attributes.Builder members =
        Attributes.builder()
            .put("at", one.atNs())
            .put("authority", one.authority())
            .put("id", one.id())
            .put("index", one.index())
            .put("until", one.endNs());
    text(members, "by", one.by());
    text(members, "filing", one.filing());
    list(members, "category", one.categories());
    list(members, "key", one.keys());
    list(members, "operation", one.operations());
    list(members, "place", one.places());
    list(members, "service", one.services());
    try {
      return members.build();
    } catch (Refused e) {
      throw new IllegalStateException("names of ours are taken", e);
    }
  }

  private static void text(Attributes.Builder members, String name, String text) {
    if (!text.isEmpty()) {
      members.put(name, text);
    }
  }

  private static void list(Attributes.Builder members, String name, List<String> texts) {
    if (!texts.isEmpty()) {
      members.put(name, Value.of(texts.stream().map(Value::of).toList()));
    }
  }

  /** Reads its members; what is no such form gives others when written. */
  public static Approval of(Attributes members) throws Refused {
    return new Approval(
        text(members, "id"),
        number(members, "index"),
        number(members, "at"),
        number(members, "until"),
        text(members, "authority"),
        members.string("by").orElse(""),
        members.string("filing").orElse(""),
        members.strings("category"),
        members.strings("key"),
        members.strings("operation"),
        members.strings("place"),
        members.strings("service"));
  }

  private static String text(Attributes members, String name) throws Refused {
    return members
        .string(name)
        .orElseThrow(() -> new Refused("expected a text in " + name + ", found none"));
  }

  private static long number(Attributes members, String name) throws Refused {
    OptionalLong number = members.integer(name);
    if (number.isEmpty() || number.getAsLong() < 0) {
      throw new Refused("expected a number from 0 on in " + name + ", found none");
    }
    return number.getAsLong();
  }

  public static String write(Approval one) {
    JcsWriter writer = new JcsWriter();
    members(one).writeTo(writer);
    return new String(writer.toBytes(), StandardCharsets.UTF_8);
  }

  /** Reads what {@link #write} gave. */
  public static Approval read(String text) {
    try {
      Json.Obj json = Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
      return of(ValueCodec.attributes(json));
    } catch (Refused e) {
      throw new IllegalStateException("the memory holds no approval", e);
    }
  }
}
