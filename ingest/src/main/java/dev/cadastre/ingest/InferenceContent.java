package dev.cadastre.ingest;

import dev.cadastre.ingest.inference.Harmless;
import dev.cadastre.proof.event.Attributes;
import dev.cadastre.proof.event.Kind;
import dev.cadastre.proof.event.Value;
import java.util.List;

/**
 * Hashes what an inference's attributes say under names that nobody knows: frameworks put messages,
 * results and tools' arguments there. Numbers and truths stay.
 */
final class InferenceContent {
  private static final List<String> MARKS =
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

  private InferenceContent() {}

  /** Whether a record tells of a model's work, be it as a part of something larger. */
  static boolean concerns(Kind kind, Attributes attributes) {
    return kind == Kind.INFERENCE || MARKS.stream().anyMatch(attributes::hasPrefix);
  }

  /** The attributes without content under unknown names. */
  static Attributes hashed(Attributes attributes) {
    boolean harmless = true;
    for (int i = 0; i < attributes.size() && harmless; i++) {
      harmless = isHarmless(attributes.name(i), attributes.value(i));
    }
    if (harmless) {
      return attributes;
    }
    Attributes.Builder all = Attributes.builder();
    for (int i = 0; i < attributes.size(); i++) {
      String name = attributes.name(i);
      Value value = attributes.value(i);
      all.put(name, isHarmless(name, value) ? value : AttributeMapper.hashed(value));
    }
    attributes.sd().forEach(all::sd);
    return AttributeMapper.sound(all);
  }

  private static boolean isHarmless(String name, Value value) {
    return isHarmless(value) || Harmless.isName(name);
  }

  private static boolean isHarmless(Value value) {
    if (value instanceof Value.Text text) {
      return Harmless.isShape(text.text());
    }
    if (value instanceof Value.Items list) {
      return list.items().stream().allMatch(InferenceContent::isHarmless);
    }
    return !(value instanceof Value.Members) && !(value instanceof Value.Bytes);
  }
}
