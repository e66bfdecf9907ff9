package dev.cadastre.ingest.foreign.net;

import dev.cadastre.formats.json.Json;
import java.util.ArrayList;
import java.util.List;

/** A line of words with blanks between them, of which one in brackets or quotes may hold blanks. */
final class LineWords {
  /** What a log writes for a field without a value. */
  private static final String NONE = "-";

  private static final int MOST = 64;

  private LineWords() {}

  static List<String> of(String line) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < line.length() && words.size() < MOST) {
      char first = line.charAt(at);
      if (first <= ' ') {
        at++;
        continue;
      }
      boolean held = first == '"' || first == '[';
      int from = held ? at + 1 : at;
      int end = line.indexOf(first == '"' ? '"' : first == '[' ? ']' : ' ', from);
      end = end < 0 ? line.length() : end;
      words.add(line.substring(from, end));
      at = end + 1;
    }
    return words;
  }

  /** The words by name; one that stands for none is left out. */
  static Json.Obj named(List<String> names, List<String> words) {
    Json.Builder object = Json.Obj.builder();
    for (int i = 0; i < Math.min(names.size(), words.size()); i++) {
      String word = words.get(i).strip();
      if (!word.isEmpty() && !word.equals(NONE)) {
        object.put(names.get(i), Json.of(word));
      }
    }
    return object.build();
  }
}
