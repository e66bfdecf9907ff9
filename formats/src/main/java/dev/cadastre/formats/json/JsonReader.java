package dev.cadastre.formats.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value from jackson-core's tokens and refuses what RFC 8259 and I-JSON leave undefined.
 */
final class JsonReader {
  private static final int MAX_NUMBER_CHARS = 1000;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Json.MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser parser;
  private int values;

  private JsonReader(JsonParser parser) {
    this.parser = parser;
  }

  static Json read(byte[] utf8) throws Refused {
    // Decoded here, because the parser would guess UTF-16 and UTF-32 and let malformed UTF-8 pass.
    String text = Encodings.utf8(utf8);
    if (text.startsWith("\uFEFF")) {
      throw new Refused("expected JSON without a byte order mark, found one");
    }
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonReader reader = new JsonReader(parser);
      Json value = reader.value(parser.nextToken());
      if (parser.nextToken() != null) {
        throw new Refused("expected one JSON value, found more after it");
      }
      return value;
    } catch (JsonEOFException e) {
      throw new Refused("expected JSON, found its end before it is complete", e);
    } catch (JsonProcessingException e) {
      throw new Refused("expected JSON: " + e.getOriginalMessage() + at(e), e);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory does not fail", e);
    }
  }

  private static String at(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " at character " + e.getLocation().getCharOffset();
  }

  private Json value(@Nullable JsonToken token) throws IOException, Refused {
    if (token == null) {
      throw new Refused("expected a JSON value, found the end");
    }
    if (++values > Json.MAX_VALUES) {
      throw new Refused("expected at most " + Json.MAX_VALUES + " JSON values, found more");
    }
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> new Json.Str(text(parser.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
      case VALUE_TRUE -> new Json.Bool(true);
      case VALUE_FALSE -> new Json.Bool(false);
      case VALUE_NULL -> Json.Null.NULL;
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new Refused("expected a JSON value, found " + token);
    };
  }

  private Json.Obj object() throws IOException, Refused {
    SortedMap<String, Json> members = new TreeMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = text(parser.currentName());
      members.put(name, value(parser.nextToken()));
    }
    return new Json.Obj(members);
  }

  private Json.Arr array() throws IOException, Refused {
    List<Json> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(value(token));
    }
    return new Json.Arr(items);
  }

  private static Json.Num number(String text) throws Refused {
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw new Refused(
          "expected a number within the range of a double, found " + Encodings.quote(text));
    }
    return new Json.Num(value);
  }

  /** Surrogates can still be written as escapes, which a decoder of UTF-8 does not see. */
  private static String text(String text) throws Refused {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isLowSurrogate(c)
          || i + 1 == text.length()
          || !Character.isLowSurrogate(text.charAt(i + 1))) {
        throw new Refused("expected Unicode text, found a lone surrogate");
      }
      i++;
    }
    return text;
  }
}
