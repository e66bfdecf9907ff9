package dev.cadastre.formats.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.JcsWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The builder is the oracle. */
class AttributeArrangerTest {
  private static final int ROUNDS = 5_000;

  /** "Aa" and "BB" have one hash code. */
  private static final List<String> NAMES =
      List.of(
          "Aa",
          "BB",
          "AaAa",
          "BBBB",
          "AaBB",
          "a.b",
          "a",
          "a.b.c",
          "_",
          "zz",
          "\uFFFF",
          "\uD83D\uDE00");

  private final AttributeArranger arranger = new AttributeArranger();

  @Test
  void makesWhatTheBuilderMakes() throws Refused {
    Random random = new Random(5);
    for (int round = 0; round < ROUNDS; round++) {
      List<String> names = new ArrayList<>(NAMES);
      Collections.shuffle(names, new Random(random.nextInt(24)));
      check(names.subList(0, random.nextInt(NAMES.size() + 1)), round);
    }
  }

  @Test
  void takesMoreNamesThanItWouldIndex() throws Refused {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      names.add("name-" + i);
    }
    check(names, 1);
    check(names, 2);
  }

  private void check(List<String> names, int value) throws Refused {
    Attribute[] asCame = new Attribute[names.size()];
    Attributes.Builder builder = Attributes.builder().sd("digest");
    for (int i = 0; i < asCame.length; i++) {
      Attribute one = Attribute.of(names.get(i), Value.of(value + i));
      asCame[i] = i % 2 == 0 ? one : one.written();
      builder.put(names.get(i), value + i);
    }
    Attributes expected = builder.build();
    Attributes arranged = arranger.arrange(asCame, List.of("digest"));
    assertEquals(expected, arranged);
    assertEquals(json(expected), json(arranged));
    assertEquals(expected.asMap(), arranged.asMap());
    for (String name : NAMES) {
      assertEquals(expected.get(name), arranged.get(name), name);
      assertEquals(names.contains(name), arranged.has(name), name);
      assertEquals(expected.hasPrefix(name), arranged.hasPrefix(name), name);
    }
    assertEquals(Optional.empty(), arranged.get("Ab"));
  }

  private static String json(Attributes attributes) {
    JcsWriter writer = new JcsWriter();
    attributes.writeTo(writer);
    return new String(writer.toBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void refusesNamesThatComeTwiceEachTime() {
    Attribute[] twice = {Attribute.of("a", Value.of(1)), Attribute.of("a", Value.of(2))};
    for (int i = 0; i < 2; i++) {
      Refused refused = assertThrows(Refused.class, () -> arranger.arrange(twice, List.of()));
      assertEquals("attribute \"a\" appears twice", refused.getMessage());
    }
  }

  @Test
  void refusesReservedNames() {
    for (String name : List.of("_sd", "...")) {
      Attribute[] reserved = {Attribute.of(name, Value.of(1))};
      assertThrows(Refused.class, () -> arranger.arrange(reserved, List.of()));
    }
  }

  @Test
  void keepsNoArrayOfTheCaller() throws Refused {
    Attribute[] mine = {Attribute.of("b", Value.of(1)), Attribute.of("a", Value.of(2))};
    Attributes made = arranger.arrange(mine, List.of());
    Arrays.fill(mine, Attribute.of("c", Value.of(3)));
    assertTrue(made.has("a") && made.has("b"));
    assertFalse(made.has("c"));
  }
}
