package dev.cadastre.ingest.inference;

import dev.cadastre.formats.value.Attributes;
import java.util.List;

/** Names under which frameworks tell of a model's work, be it as a part of something larger. */
public final class Frameworks {
  private static final List<String> PREFIXES =
      List.of(
          "gen_ai.",
          "llm.",
          "openinference.",
          "traceloop.",
          "ai.",
          "mlflow.",
          "langfuse.",
          "langsmith.",
          "pydantic_ai.",
          "logfire.");

  private Frameworks() {}

  public static boolean isName(String name) {
    return PREFIXES.stream().anyMatch(name::startsWith);
  }

  /** Whether any of the attributes has such a name. */
  public static boolean areIn(Attributes attributes) {
    for (String prefix : PREFIXES) {
      if (attributes.hasPrefix(prefix)) {
        return true;
      }
    }
    return false;
  }
}
