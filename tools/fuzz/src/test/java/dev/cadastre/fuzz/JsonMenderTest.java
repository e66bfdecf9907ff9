package dev.cadastre.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonMenderTest {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final String PIECES = "{}[]\":,-0123456789.eEtruefalsnl\\u00dD/b \n\u0001é";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{\"a\":[1,-2.5e3,true,null],\"b\":\"x\\n\\u0041\"} | {\"a\":[1,-2.5e3,true,null],\"b\":\"x\\n\\u0041\"}",
        "{\"a\":1,\"a\":2,\"b\":[ | {\"a\":1,\"b\":[]}",
        "{\"a\" \"b\" | {\"a\":\"b\"}",
        "x[01,tru,,]y | [0,true]",
        "{\"a\\q\\ud800\":nope | {\"aqud800\":null}",
        "'' | null"
      })
  void brackets(String broken, String mended) {
    assertEquals(mended, mend(broken));
  }

  @Test
  void whateverItIsItBecomesJson() throws Exception {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(60); length > 0; length--) {
        text.append(PIECES.charAt(random.nextInt(PIECES.length())));
      }
      String mended = mend(text.toString());
      try (JsonParser parser = JSON.createParser(mended)) {
        parser.nextToken();
        parser.skipChildren();
        assertEquals(null, parser.nextToken(), mended);
      }
      assertEquals(mended, mend(mended));
    }
  }

  @Test
  void depthIsCutOffAndCostsNoMoreThanItsLength() {
    String mended = mend("[".repeat(100_000));
    assertEquals(61, mended.chars().filter(c -> c == '[').count());
    assertEquals(mended, mend(mended));
  }

  private static String mend(String text) {
    return new String(
        JsonMender.mend(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }
}
