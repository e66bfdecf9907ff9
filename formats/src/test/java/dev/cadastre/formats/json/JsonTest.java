package dev.cadastre.formats.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Reading members of an object: the right type or a refusal that names the member. */
class JsonTest {
  private static final String DOCUMENT =
      "{\"s\":\"x\",\"i\":7,\"f\":1.5,\"big\":9007199254740992,\"b\":true,\"o\":{\"k\":1},\"a\":[1],"
          + "\"strings\":[\"x\",\"y\"],\"objects\":[{}],\"n\":null}";

  private static Json.Obj document() throws Refused {
    return Json.parseObject(DOCUMENT.getBytes(UTF_8));
  }

  private static void refused(String expected, Executable access) {
    assertEquals(expected, assertThrows(Refused.class, access).getMessage());
  }

  @Test
  void membersHaveTheirTypes() throws Refused {
    Json.Obj o = document();
    assertEquals("x", o.str("s"));
    assertEquals(7, o.integer("i"));
    assertTrue(o.bool("b"));
    assertEquals(1, o.obj("o").integer("k"));
    assertEquals(List.of(Json.of(1)), o.arr("a"));
    assertEquals(List.of("x", "y"), o.strings("strings"));
    assertEquals(1, o.objects("objects").size());
    assertEquals(Json.Null.NULL, o.value("n"));
    assertEquals(Optional.of("x"), o.optStr("s"));
    assertEquals(Optional.empty(), o.optStr("none"));
    assertEquals(OptionalLong.of(7), o.optInteger("i"));
    assertEquals(OptionalLong.empty(), o.optInteger("none"));
    assertEquals(Optional.empty(), o.optObj("none"));
    assertEquals(o.obj("o"), o.optObj("o").orElseThrow());
    assertEquals(Optional.empty(), o.optArr("none"));
    assertEquals(1, o.optArr("a").orElseThrow().size());
    assertEquals(Optional.empty(), o.optValue("none"));
    assertTrue(o.has("n"));
    assertFalse(o.has("none"));
  }

  @Test
  void wrongTypesAreNamed() throws Refused {
    Json.Obj o = document();
    refused("expected a member \"none\", found none", () -> o.str("none"));
    refused("expected a string as \"i\", found a number", () -> o.str("i"));
    refused("expected an integer as \"s\", found a string", () -> o.integer("s"));
    refused("expected an integer as \"f\", found 1.5", () -> o.integer("f"));
    refused("expected a boolean as \"n\", found null", () -> o.bool("n"));
    refused("expected an object as \"a\", found an array", () -> o.obj("a"));
    refused("expected an array as \"o\", found an object", () -> o.arr("o"));
    refused("expected only strings in \"a\", found a number", () -> o.strings("a"));
    refused("expected an object as an item of \"a\", found a number", () -> o.objects("a"));
    refused("expected an array as \"b\", found a boolean", () -> o.optArr("b"));
    assertThrows(Refused.class, () -> o.integer("big"));
    refused(
        "expected an object as the document, found an array",
        () -> Json.parseObject("[]".getBytes(UTF_8)));
  }

  @Test
  void unknownMembersAreNamed() throws Refused {
    Json.Obj o = Json.Obj.builder().put("a", 1).put("b", true).build();
    o.only("a", "b", "c");
    refused("expected only the members [a], found \"b\"", () -> o.only("a"));
  }

  @Test
  void aMemberNamedTwiceIsABug() {
    Json.Builder builder = Json.Obj.builder().put("a", 1);
    assertThrows(IllegalArgumentException.class, () -> builder.put("a", "x"));
  }

  @Test
  void equalValuesHaveEqualBytes() throws Refused {
    assertEquals(new Json.Num(0.0), new Json.Num(-0.0));
    assertEquals(Json.of(5), new Json.Num(5.0));
    Json.Obj other = Json.Obj.of(Map.of("z", Json.of(true), "a", Json.of("x")));
    assertEquals("{\"a\":\"x\",\"z\":true}", new String(other.jcs(), UTF_8));
    assertEquals(other, Json.parse(" { \"z\" : true , \"a\":\"\\u0078\" } ".getBytes(UTF_8)));
    assertEquals(
        "{\"a\":\"x\"}",
        new String(
            Json.Obj.builder()
                .putIf("a", Optional.of("x"))
                .putIf("b", Optional.empty())
                .build()
                .jcs(),
            UTF_8));
  }

  @Test
  void onlyTheCanonicalSpellingIsReadAsCanonical() throws Refused {
    Json.parseCanonical("{\"a\":1}".getBytes(UTF_8));
    for (String other :
        List.of(
            "{ \"a\":1}", "{\"a\":1.0}", "{\"a\":1}\n", "{\"\\u0061\":1}", "{\"b\":1,\"a\":1}")) {
      assertThrows(Refused.class, () -> Json.parseCanonical(other.getBytes(UTF_8)), other);
    }
  }

  @Test
  void numbersThatAreNotExactAreBugs() {
    assertThrows(IllegalArgumentException.class, () -> new Json.Num(Double.POSITIVE_INFINITY));
    assertThrows(IllegalArgumentException.class, () -> Json.of(Json.MAX_INTEGER + 1));
    assertThrows(IllegalArgumentException.class, () -> Json.of(-Json.MAX_INTEGER - 1));
  }

  /** Five megabytes of small values must not become half a gigabyte of objects. */
  @Test
  void oneTextHoldsSoManyValues() throws Refused {
    String zeros = "0,".repeat(Json.MAX_VALUES - 2);
    assertEquals(
        Json.MAX_VALUES - 1,
        ((Json.Arr) Json.parse(("[" + zeros + "0]").getBytes(UTF_8))).items().size());
    refused(
        "expected at most 262144 JSON values, found more",
        () -> Json.parse(("[" + zeros + "0,0]").getBytes(UTF_8)));
    refused(
        "expected at most 262144 JSON values, found more",
        () -> Json.parse(("[" + "{},".repeat(Json.MAX_VALUES) + "0]").getBytes(UTF_8)));
  }
}
