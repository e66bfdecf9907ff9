package dev.cadastre.formats.policy;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.text.FixedUnicode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A part of a JSON document that people write, such as a policy. It knows its path, so that a
 * refusal can name it.
 *
 * @param path names and positions from the root, {@code exceptions[0].until}; empty for the root
 * @param document what the whole is called
 */
public record PolicyNode(String path, Json json, String document) {

  /** A part of a policy. */
  public PolicyNode(String path, Json json) {
    this(path, json, "policy");
  }

  /** The whole of a document. */
  public static PolicyNode root(String document, Json json) {
    return new PolicyNode("", json, document);
  }

  public PolicyRefused refused(String expectedAndFound) {
    return refusedAt(path, expectedAndFound);
  }

  /** A refusal for what stands at another path, in words that begin with this one's. */
  private PolicyRefused refusedAt(String where, String expectedAndFound) {
    return new PolicyRefused(where, (path.isEmpty() ? document : path) + ": " + expectedAndFound);
  }

  private Json.Obj object() throws Refused {
    if (json instanceof Json.Obj obj) {
      return obj;
    }
    throw refused("expected an object, found " + json.kind());
  }

  public List<String> names() throws Refused {
    return List.copyOf(object().members().keySet());
  }

  /** The members' names, each of which must be one of {@code known}. */
  public List<String> namesOf(Collection<String> known) throws Refused {
    List<String> names = names();
    for (String name : names) {
      nameOf(name, known);
    }
    return names;
  }

  /** The name of one of this object's members, which must be one of {@code known}. */
  String nameOf(String name, Collection<String> known) throws Refused {
    if (!known.contains(name)) {
      throw refusedAt(below(name), unknown(name, known));
    }
    return name;
  }

  /** The word, which must be one of {@code known}. */
  public String oneOf(String word, Collection<String> known) throws Refused {
    if (!known.contains(word)) {
      throw refused(unknown(word, known));
    }
    return word;
  }

  /** A refusal of a word that is none of a registry's names, with the nearest of these. */
  public PolicyRefused unknownName(String word, Collection<String> known) {
    return refused(
        "expected a name of the registry, found "
            + Encodings.quote(word)
            + Suggestion.didYouMean(word, known));
  }

  private static String unknown(String word, Collection<String> known) {
    return "expected one of "
        + String.join(", ", known)
        + ", found "
        + Encodings.quote(word)
        + Suggestion.didYouMean(word, known);
  }

  private String below(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  public PolicyNode member(String name) throws Refused {
    Optional<PolicyNode> member = find(name);
    if (member.isEmpty()) {
      throw refused("expected a member \"" + name + "\", found none");
    }
    return member.get();
  }

  public Optional<PolicyNode> find(String name) throws Refused {
    return object().optValue(name).map(value -> new PolicyNode(below(name), value, document));
  }

  public List<PolicyNode> items() throws Refused {
    if (!(json instanceof Json.Arr arr)) {
      throw refused("expected a list, found " + json.kind());
    }
    List<PolicyNode> items = new ArrayList<>();
    for (Json item : arr.items()) {
      items.add(new PolicyNode(path + "[" + items.size() + "]", item, document));
    }
    return items;
  }

  /** A text that is not blank and has no white space around it. */
  public String text() throws Refused {
    if (!(json instanceof Json.Str str)) {
      throw refused("expected a text, found " + json.kind());
    }
    String text = str.value();
    if (FixedUnicode.isBlank(text) || !FixedUnicode.strip(text).equals(text)) {
      throw refused(
          "expected a text without white space around it, found " + Encodings.quote(text));
    }
    return text;
  }

  /** True or false. */
  public boolean flag() throws Refused {
    if (!(json instanceof Json.Bool bool)) {
      throw refused("expected true or false, found " + json.kind());
    }
    return bool.value();
  }

  /** A number from 0 on. */
  public double number() throws Refused {
    if (!(json instanceof Json.Num number) || number.value() < 0) {
      throw refused("expected a number from 0 on, found " + json.kind());
    }
    return number.value();
  }

  /** A list of texts, none of which appears twice. */
  public List<String> texts() throws Refused {
    List<String> texts = new ArrayList<>();
    for (PolicyNode item : items()) {
      String text = item.text();
      if (texts.contains(text)) {
        throw item.refused("expected each item once, found " + Encodings.quote(text) + " again");
      }
      texts.add(text);
    }
    return texts;
  }

  /** A list of texts, or one that stands for it. */
  public List<String> textOrTexts() throws Refused {
    return json instanceof Json.Str ? List.of(text()) : someTexts();
  }

  public List<String> someTexts() throws Refused {
    List<String> texts = texts();
    if (texts.isEmpty()) {
      throw refused("expected at least one item, found none");
    }
    return texts;
  }
}
