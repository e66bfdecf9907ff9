package dev.cadastre.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** How many records a file of well-formed JSON holds, as a parser counts that reads all of it. */
public final class ExpectedRecords {
  private static final JsonFactory JSON = new JsonFactory();

  /** What has more before its list is a record with a list in it. */
  private static final int HEAD_BYTES_MAX = 900;

  private final JsonParser in;
  private int count;
  private boolean known = true;

  private ExpectedRecords(JsonParser in) {
    this.in = in;
  }

  /** Empty if the file is not well-formed, or what is in it is not objects alone. */
  public static OptionalInt count(byte[] file) {
    // Of other bytes the parser would guess an encoding, and escapes hide the names of wrappers.
    String text = new String(file, StandardCharsets.ISO_8859_1);
    if (!text.matches("(?s)[ -~\\s].*") || text.indexOf(0) >= 0 || text.contains("\\u")) {
      return OptionalInt.empty();
    }
    try (JsonParser in = JSON.createParser(file)) {
      ExpectedRecords expected = new ExpectedRecords(in);
      expected.file();
      return expected.known ? OptionalInt.of(expected.count) : OptionalInt.empty();
    } catch (JsonProcessingException e) {
      return OptionalInt.empty();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void file() throws IOException {
    while (in.nextToken() != null && known) {
      switch (in.currentToken()) {
        case START_OBJECT -> object();
        case START_ARRAY -> list();
        default -> known = false;
      }
    }
  }

  /** A record, or a wrapper by its first member, or by its kind. */
  private void object() throws IOException {
    long from = in.currentTokenLocation().getByteOffset();
    boolean first = true;
    boolean eventList = false;
    boolean wrapper = false;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName().replace(" ", "");
      JsonToken value = in.nextToken();
      boolean records = first && (name.equals("Records") || name.equals("records"));
      if (!wrapper
          && value == JsonToken.START_ARRAY
          && (records || (eventList && name.equals("items")))) {
        wrapper = true;
        known &= in.currentTokenLocation().getByteOffset() - from < HEAD_BYTES_MAX;
        list();
      } else {
        eventList |= name.equals("kind") && in.getText().replace(" ", "").equals("EventList");
        // What is told by a look at the text is not told again here.
        known &= wrapper || !name.equals("items") || value != JsonToken.START_ARRAY;
        in.skipChildren();
      }
      first = false;
    }
    count += wrapper ? 0 : 1;
  }

  private void list() throws IOException {
    while (in.nextToken() != JsonToken.END_ARRAY && in.currentToken() != null) {
      known &= in.currentToken() == JsonToken.START_OBJECT;
      in.skipChildren();
      count++;
    }
  }
}
