package dev.cadastre.ingest.foreign.format;

import java.util.regex.Pattern;

/** Names of operations in the vocabulary's spelling. */
public final class OperationNames {
  /** Words before the one that says what is done: many at once, or bit by bit. */
  private static final Pattern HOW = Pattern.compile("^(?:batch|transact|streaming)_");

  private OperationNames() {}

  /** {@code GenerateDataKey} as {@code generate_data_key}. */
  public static String snake(String camel) {
    StringBuilder words = new StringBuilder(camel.length() + 8);
    for (int i = 0; i < camel.length(); i++) {
      char c = camel.charAt(i);
      boolean upper = c >= 'A' && c <= 'Z';
      if (upper
          && i > 0
          && (!isUpper(camel, i - 1) || i + 1 < camel.length() && isLower(camel, i + 1))) {
        words.append('_');
      }
      words.append(upper ? (char) (c + ('a' - 'A')) : c);
    }
    return words.toString();
  }

  private static boolean isUpper(String text, int at) {
    return text.charAt(at) >= 'A' && text.charAt(at) <= 'Z';
  }

  private static boolean isLower(String text, int at) {
    return text.charAt(at) >= 'a' && text.charAt(at) <= 'z';
  }

  /**
   * What an operation does to data by the first word of its name that tells: read, write, delete or
   * list.
   */
  public static String dataOperation(String operation) {
    String first = HOW.matcher(snake(operation)).replaceFirst("");
    int end = first.indexOf('_');
    return switch (end < 0 ? first : first.substring(0, end)) {
      case "get",
          "head",
          "read",
          "select",
          "describe",
          "batch",
          "query",
          "scan",
          "download",
          "access",
          "pull",
          "lookup",
          "search",
          "watch" ->
          "read";
      case "list" -> "list";
      case "delete", "remove", "purge", "abort", "destroy", "deletecollection" -> "delete";
      case "copy", "replicate" -> "copy";
      case "restore" -> "restore";
      default -> "write";
    };
  }
}
