package dev.cadastre.ingest.foreign;

/** Names of operations in the vocabulary's spelling. */
final class Words {
  private Words() {}

  /** {@code GenerateDataKey} as {@code generate_data_key}. */
  static String snake(String camel) {
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

  /** What the first word of an operation's name does to data: read, write, delete or list. */
  static String dataOperation(String operation) {
    String first = snake(operation);
    int end = first.indexOf('_');
    return switch (end < 0 ? first : first.substring(0, end)) {
      case "get", "head", "read", "select", "describe", "batch", "query", "scan", "download" ->
          "read";
      case "list" -> "list";
      case "delete", "remove", "purge", "abort" -> "delete";
      case "copy", "replicate" -> "copy";
      case "restore" -> "restore";
      default -> "write";
    };
  }
}
