package dev.cadastre.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.cadastre.ingest.request.Texts;
import dev.cadastre.ingest.request.Undecodable;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;

/** The scalar values of OTLP/JSON; each reads the parser's current token. */
final class JsonScalars {
  private static final Set<String> HEX_FIELDS = Set.of("trace_id", "span_id", "parent_span_id");
  private static final BigInteger INT64_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger INT64_MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger UINT64_MAX =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
  private static final BigInteger INT32_MIN = BigInteger.valueOf(Integer.MIN_VALUE);
  private static final BigInteger INT32_MAX = BigInteger.valueOf(Integer.MAX_VALUE);
  private static final BigInteger UINT32_MAX = BigInteger.valueOf(0xffffffffL);

  /** More digits than the widest integer has, with room for a fraction of zeros. */
  private static final int INTEGER_CHARS_MAX = 64;

  private static final int PATH_CHARS_MAX = 200;

  private JsonScalars() {}

  static Object read(JsonParser in, FieldDescriptor field) throws IOException, Undecodable {
    return switch (field.getType()) {
      case STRING -> string(in);
      case BOOL -> bool(in);
      case DOUBLE -> number(in);
      case FLOAT -> (float) number(in);
      case BYTES -> HEX_FIELDS.contains(field.getName()) ? hex(in) : base64(in);
      case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(enumNumber(in));
      case INT64, SINT64, SFIXED64 -> integer(in, INT64_MIN, INT64_MAX).longValue();
      case UINT64, FIXED64 -> integer(in, BigInteger.ZERO, UINT64_MAX).longValue();
      case INT32, SINT32, SFIXED32 -> integer(in, INT32_MIN, INT32_MAX).intValue();
      case UINT32, FIXED32 -> integer(in, BigInteger.ZERO, UINT32_MAX).intValue();
      case MESSAGE, GROUP -> throw new IllegalArgumentException(field + " is not a scalar");
    };
  }

  static String string(JsonParser in) throws IOException, Undecodable {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw refused(in, "a string", describe(in));
    }
    String text = in.getText();
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
          throw refused(in, "Unicode text", "half of a surrogate pair");
        }
        i++;
      }
    }
    return text;
  }

  private static boolean bool(JsonParser in) throws IOException, Undecodable {
    JsonToken token = Objects.requireNonNull(in.currentToken());
    if (!token.isBoolean()) {
      throw refused(in, "true or false", describe(in));
    }
    return token == JsonToken.VALUE_TRUE;
  }

  private static double number(JsonParser in) throws IOException, Undecodable {
    JsonToken token = Objects.requireNonNull(in.currentToken());
    if (token.isNumeric()) {
      double value = in.getDoubleValue();
      if (Double.isInfinite(value)) {
        throw refused(in, "a double", "a number too large for one");
      }
      return value;
    }
    String text = token == JsonToken.VALUE_STRING ? in.getText() : "";
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> quotedNumber(in, text);
    };
  }

  private static double quotedNumber(JsonParser in, String text) throws IOException, Undecodable {
    if (text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      double value = Double.parseDouble(text);
      if (!Double.isInfinite(value)) {
        return value;
      }
    }
    throw refused(in, "a number, \"NaN\", \"Infinity\" or \"-Infinity\"", describe(in));
  }

  private static int enumNumber(JsonParser in) throws IOException, Undecodable {
    if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw refused(in, "an enum value as an integer", describe(in));
    }
    return integer(in, INT32_MIN, INT32_MAX).intValue();
  }

  /** 1.0 and 1e3 are integers too; that is proto3's rule. */
  private static BigInteger integer(JsonParser in, BigInteger min, BigInteger max)
      throws IOException, Undecodable {
    JsonToken token = Objects.requireNonNull(in.currentToken());
    boolean quoted = token == JsonToken.VALUE_STRING;
    if (token.isNumeric() || quoted) {
      String text = in.getText();
      boolean bounded = text.length() <= INTEGER_CHARS_MAX;
      if (bounded
          && text.matches(quoted ? "-?[0-9]+" : "-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,2})?")) {
        BigDecimal value = new BigDecimal(text);
        if (value.stripTrailingZeros().scale() <= 0) {
          BigInteger integer = value.toBigIntegerExact();
          if (integer.compareTo(min) >= 0 && integer.compareTo(max) <= 0) {
            return integer;
          }
        }
      }
    }
    throw refused(in, "an integer from " + min + " to " + max, describe(in));
  }

  private static ByteString hex(JsonParser in) throws IOException, Undecodable {
    String text = string(in);
    try {
      return ByteString.copyFrom(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      throw refused(in, "an id in hexadecimal digits", describe(in));
    }
  }

  /** Either alphabet, padded or not: proto3's rule. */
  private static ByteString base64(JsonParser in) throws IOException, Undecodable {
    String text = string(in);
    boolean url = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
    try {
      return ByteString.copyFrom((url ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text));
    } catch (IllegalArgumentException e) {
      throw refused(in, "base64", describe(in));
    }
  }

  /**
   * What the current token is, for a refusal. Never its text: the refusal may become part of an
   * entry, and values may be content.
   */
  static String describe(JsonParser in) throws IOException {
    if (in.currentToken() == null) {
      return "nothing";
    }
    return switch (in.currentToken()) {
      case START_OBJECT, END_OBJECT -> "an object";
      case START_ARRAY, END_ARRAY -> "an array";
      case VALUE_STRING -> "a string of " + in.getTextLength() + " characters";
      case VALUE_NUMBER_INT -> "an integer of " + in.getTextLength() + " characters";
      case VALUE_NUMBER_FLOAT -> "a number with a fraction or exponent";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      case FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "something else";
    };
  }

  static Undecodable refused(JsonParser in, String expected, String found) {
    // Its end says more than its beginning, and the reason must be seen behind it.
    String where = Texts.end(in.getParsingContext().pathAsPointer().toString(), PATH_CHARS_MAX);
    String at = where.isEmpty() ? "" : where + ": ";
    return new Undecodable(at + "expected " + expected + ", found " + found);
  }
}
