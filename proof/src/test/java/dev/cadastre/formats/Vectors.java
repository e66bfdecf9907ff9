package dev.cadastre.formats;

import dev.cadastre.formats.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;

/** Reads the files of the top-level {@code vectors} folder. */
public final class Vectors {
  private Vectors() {}

  /**
   * What a test does with one vector: returns if the input holds, throws {@link Refused} if not.
   */
  @FunctionalInterface
  public interface Trial {
    void run(Json.Obj vector) throws Refused;
  }

  /**
   * One dynamic test a vector: valid ones must pass the trial and invalid ones must be refused by
   * it.
   */
  public static Stream<DynamicTest> tests(String file, Trial trial) {
    List<DynamicTest> tests = new ArrayList<>();
    try {
      Json.Obj suite = Json.parseObject(Files.readAllBytes(path(file)));
      List<Json.Obj> vectors = suite.objects("tests");
      Assertions.assertEquals(suite.integer("numberOfTests"), vectors.size());
      for (Json.Obj vector : vectors) {
        tests.add(DynamicTest.dynamicTest(name(file, vector), () -> judge(vector, trial)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Refused e) {
      throw new AssertionError("vectors are strict JSON", e);
    }
    return tests.stream();
  }

  /** Every vector of a file, as it stands there. */
  public static List<Json.Obj> all(String file) throws Refused {
    try {
      return Json.parseObject(Files.readAllBytes(path(file))).objects("tests");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path path(String file) {
    return Path.of(System.getProperty("cadastre.root", ".."), "vectors", file + ".json");
  }

  private static String name(String file, Json.Obj vector) throws Refused {
    return file
        + " "
        + vector.integer("tcId")
        + " "
        + vector.strings("flags")
        + " "
        + vector.str("comment");
  }

  private static void judge(Json.Obj vector, Trial trial) throws Refused {
    if (vector.str("result").equals("valid")) {
      trial.run(vector);
    } else {
      Refused refused = Assertions.assertThrows(Refused.class, () -> trial.run(vector));
      Assertions.assertNotNull(refused.getMessage());
    }
  }

  /**
   * A member of a vector. A missing one is a failure of the test, not a refusal: invalid vectors
   * have no expected values, and code that wrongly accepts them must not pass for refusing because
   * the test then looks for one.
   */
  public static String str(Json.Obj vector, String name) throws Refused {
    return present(vector, name).str(name);
  }

  /** A number; from 2^53 on, where JSON numbers are no longer exact, it is a string. */
  public static long integer(Json.Obj vector, String name) throws Refused {
    return present(vector, name).value(name) instanceof Json.Str text
        ? Long.parseLong(text.value())
        : vector.integer(name);
  }

  public static List<String> strings(Json.Obj vector, String name) throws Refused {
    return present(vector, name).strings(name);
  }

  private static Json.Obj present(Json.Obj vector, String name) {
    Assertions.assertTrue(vector.has(name), () -> "accepted, or a vector without " + name);
    return vector;
  }

  public static byte[] hex(Json.Obj vector, String name) throws Refused {
    return HexFormat.of().parseHex(str(vector, name));
  }

  public static byte[] base64(Json.Obj vector, String name) throws Refused {
    return Base64.getDecoder().decode(str(vector, name));
  }

  public static List<byte[]> hexes(Json.Obj vector, String name) throws Refused {
    return strings(vector, name).stream().map(HexFormat.of()::parseHex).toList();
  }

  public static Hash hash(Json.Obj vector, String name) throws Refused {
    return Hash.of(hex(vector, name));
  }

  public static List<Hash> hashes(Json.Obj vector, String name) throws Refused {
    return hexes(vector, name).stream().map(Hash::of).toList();
  }
}
