package dev.cadastre.formats.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.JcsWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Names and values in one order, whatever order they came in. */
class AttributesTest {
  private static Attributes example() throws Refused {
    return Attributes.builder()
        .put("b.number", 7)
        .put("a", "text")
        .put("b.list", Value.of(List.of(Value.of("x"), Value.of(1), Value.of(" "))))
        .put("c.blank", "  ")
        .sd("second")
        .sd("first")
        .build();
  }

  @Test
  void theyAreFoundByNameAndByPlace() throws Refused {
    Attributes attributes = example();
    assertEquals(4, attributes.size());
    assertEquals("a", attributes.name(0));
    assertEquals(Value.of("text"), attributes.value(0));
    assertEquals("c.blank", attributes.name(3));
    assertEquals(Optional.of(Value.of("text")), attributes.get("a"), "the first, at place 0");
    assertEquals(Optional.of(Value.of(7)), attributes.get("b.number"));
    assertEquals(Optional.empty(), attributes.get("b"));
    assertTrue(attributes.has("a") && !attributes.has("A"));
    assertEquals(
        List.of("a", "b.list", "b.number", "c.blank"), List.copyOf(attributes.asMap().keySet()));
    assertThrows(
        UnsupportedOperationException.class, () -> attributes.asMap().put("x", Value.of("y")));
    assertEquals(List.of("first", "second"), attributes.sd());
  }

  @Test
  void prefixesAreFoundAtAnyPlace() throws Refused {
    Attributes attributes = example();
    for (String prefix : List.of("a", "b.", "b.n", "c.blank", "")) {
      assertTrue(attributes.hasPrefix(prefix), prefix);
    }
    for (String prefix : List.of("aa", "b.z", "c.blank.", "d")) {
      assertFalse(attributes.hasPrefix(prefix), prefix);
    }
    assertFalse(Attributes.EMPTY.hasPrefix("a"));
  }

  @Test
  void valuesAreReadByType() throws Refused {
    Attributes attributes = example();
    assertEquals(Optional.of("text"), attributes.string("a"));
    assertEquals(Optional.empty(), attributes.string("b.number"));
    assertEquals(Optional.empty(), attributes.string("c.blank"));
    assertEquals(Optional.empty(), attributes.string("zz"));
    assertEquals(List.of("x"), attributes.strings("b.list"));
    assertEquals(List.of("text"), attributes.strings("a"));
    assertEquals(List.of(), attributes.strings("c.blank"));
    assertEquals(List.of(), attributes.strings("zz"));
    assertEquals(OptionalLong.of(7), attributes.integer("b.number"));
    assertEquals(OptionalLong.empty(), attributes.integer("a"));
    assertEquals(OptionalLong.empty(), attributes.integer("zz"));
    assertEquals(OptionalLong.of(3), Attributes.of(Map.of("n", Value.of(3))).integer("n"));
  }

  @Test
  void equalOnesAreEqualInEveryPart() throws Refused {
    Attributes attributes = example();
    assertEquals(example(), attributes);
    assertEquals(example().hashCode(), attributes.hashCode());
    Attributes renamed = Attributes.of(Map.of("x", Value.of("1")));
    assertNotEquals(Attributes.of(Map.of("y", Value.of("1"))), renamed);
    assertNotEquals(Attributes.of(Map.of("x", Value.of("2"))), renamed);
    assertNotEquals(Attributes.builder().put("x", "1").sd("d").build(), renamed);
    assertNotEquals(
        Attributes.builder().put("x", "1").sd("d").build().hashCode(), renamed.hashCode());
    assertNotEquals((Object) "x", renamed);
    assertFalse(attributes.isEmpty());
    assertFalse(Attributes.builder().sd("d").build().isEmpty());
    assertTrue(Attributes.EMPTY.isEmpty());
    assertTrue(attributes.toString().endsWith("+ 2 private"), attributes.toString());
    assertFalse(renamed.toString().contains("private"), renamed.toString());
  }

  @Test
  void digestsStandAtTheirPlaceInTheOrder() throws Refused {
    for (String name : List.of("A", "_sc", "_sd!", "a")) {
      JcsWriter writer = new JcsWriter();
      Attributes.builder().put(name, "v").sd("d").build().writeTo(writer);
      String json = new String(writer.toBytes(), StandardCharsets.UTF_8);
      boolean before = name.compareTo("_sd") < 0;
      String attribute = "\"" + name + "\":\"v\"";
      String digests = "\"_sd\":[\"d\"]";
      assertEquals(
          "{" + (before ? attribute + "," + digests : digests + "," + attribute) + "}", json);
    }
  }

  @Test
  void reservedAndRepeatedNamesAreRefused() {
    for (String name : List.of("_sd", "...")) {
      assertThrows(Refused.class, () -> Attributes.builder().put(name, "v").build());
      assertThrows(
          IllegalArgumentException.class, () -> Attributes.of(Map.of(name, Value.of("v"))));
    }
    assertThrows(Refused.class, () -> Attributes.builder().put("a", "1").put("a", "2").build());
  }
}
