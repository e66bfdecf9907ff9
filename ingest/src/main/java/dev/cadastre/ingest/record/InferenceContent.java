package dev.cadastre.ingest.record;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Resource;
import dev.cadastre.formats.value.Scope;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ingest.inference.Frameworks;
import dev.cadastre.ingest.inference.Harmless;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Hashes what an inference says under names that nobody knows, and names that are none: frameworks
 * put messages, results and tools' arguments there. Numbers and truths stay.
 */
final class InferenceContent {
  /** What of an inference's attributes its name may repeat ("Generative AI spans"). */
  private static final List<String> NAMED =
      List.of(
          Names.GEN_AI_MODEL,
          "gen_ai.response.model",
          "gen_ai.agent.name",
          "gen_ai.tool.name",
          "gen_ai.data_source.id",
          "gen_ai.workflow.name",
          "gen_ai.prompt.name",
          "gen_ai.evaluation.name");

  /** Values of {@code gen_ai.operation.name}. */
  private static final Set<String> OPERATIONS =
      Set.of(
          "chat",
          "text_completion",
          "generate_content",
          "embeddings",
          "retrieval",
          "execute_tool",
          "create_agent",
          "invoke_agent",
          "invoke_workflow");

  private InferenceContent() {}

  /**
   * The name of an inference's span or event: as it is if it is a name, or {@code {operation}
   * {model}} as the conventions have it; else what of it nobody knows stands as its hash.
   *
   * @param open its attributes without content
   */
  static String name(String name, Attributes open) {
    int blank = name.indexOf(' ');
    if (blank < 0) {
      return word(name);
    }
    String rest = name.substring(blank + 1);
    boolean repeated = NAMED.stream().anyMatch(one -> open.strings(one).contains(rest));
    String operation = name.substring(0, blank);
    boolean known =
        OPERATIONS.contains(operation) || open.strings(Names.GEN_AI_OPERATION).contains(operation);
    return known ? operation + " " + (repeated ? rest : hash(rest)) : hash(name);
  }

  /** A word as it is, anything else as its hash. */
  static String word(String text) {
    return text.isEmpty() || Harmless.isWord(text) ? text : hash(text);
  }

  private static String hash(String text) {
    return "sha256:" + Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  /** A Resource as an inference's entry has it. */
  static Resource hashed(Resource resource) {
    Attributes open = hashed(resource.attributes());
    return open.equals(resource.attributes())
        ? resource
        : new Resource(open, resource.schema(), resource.dropped());
  }

  /** A Scope as an inference's entry has it. */
  static Scope hashed(Scope scope) {
    Attributes open = hashed(scope.attributes());
    return open.equals(scope.attributes())
        ? scope
        : new Scope(open, scope.name(), scope.version(), scope.schema(), scope.dropped());
  }

  /** Whether a record tells of a model's work, be it as a part of something larger. */
  static boolean concerns(Kind kind, Attributes attributes) {
    return kind == Kind.INFERENCE || Frameworks.areIn(attributes);
  }

  /** The attributes without content under unknown names, or in names. */
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
      all.put(word(name), isHarmless(name, value) ? value : AttributeMapper.hashed(value));
    }
    attributes.sd().forEach(all::sd);
    return AttributeMapper.sound(all);
  }

  private static boolean isHarmless(String name, Value value) {
    return Harmless.isWord(name)
        && (isHarmless(value) || Harmless.isOpen(name) || Harmless.isName(name) && isWords(value));
  }

  private static boolean isWords(Value value) {
    return value instanceof Value.Text text && Harmless.isWord(text.text())
        || value instanceof Value.Items list
            && list.items().stream().allMatch(InferenceContent::isWords);
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
