package dev.cadastre.proof.sides;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Side;
import dev.cadastre.formats.json.JcsWriter;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Value;
import dev.cadastre.formats.value.ValueCodec;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** A telling as members of a state's entry, and as one text. */
public final class TellingText {
  private TellingText() {}

  /** Its members; what it does not say is left out. */
  public static Attributes members(Telling one) {
    Attributes.Builder members =
        Attributes.builder()
            .put("at", one.atNs())
            .put("ids", Value.of(one.ids().stream().map(Value::of).toList()))
            .put("index", one.index())
            .put("received", one.receivedNs())
            .put("side", one.side().wire());
    if (!one.subject().isEmpty()) {
      members.put("subject", one.subject());
    }
    one.said().forEach(members::put);
    try {
      return members.build();
    } catch (Refused e) {
      throw new IllegalStateException("names of ours are taken", e);
    }
  }

  /** Reads its members; what is no such form gives others when written. */
  public static Telling of(Attributes members) throws Refused {
    SortedMap<String, String> said = new TreeMap<>();
    for (String name : Telling.SAID) {
      members.string(name).ifPresent(text -> said.put(name, text));
    }
    Side side =
        Side.called(members.string("side").orElse(""))
            .filter(known -> known != Side.CELL)
            .orElseThrow(() -> new Refused("expected vendor or customer in side, found neither"));
    return new Telling(
        number(members, "index"),
        number(members, "received"),
        number(members, "at"),
        side,
        members.string("subject").orElse(""),
        members.strings("ids"),
        said);
  }

  private static long number(Attributes members, String name) throws Refused {
    OptionalLong number = members.integer(name);
    if (number.isEmpty() || number.getAsLong() < 0) {
      throw new Refused("expected a number from 0 on in " + name + ", found none");
    }
    return number.getAsLong();
  }

  public static String write(Telling one) {
    JcsWriter writer = new JcsWriter();
    members(one).writeTo(writer);
    return new String(writer.toBytes(), StandardCharsets.UTF_8);
  }

  /** Reads what {@link #write} gave. */
  public static Telling read(String text) {
    try {
      Json.Obj json = Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
      return of(ValueCodec.attributes(json));
    } catch (Refused e) {
      throw new IllegalStateException("the memory holds no telling", e);
    }
  }
}
