package dev.cadastre.proof.residency;

import dev.cadastre.proof.Encodings;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A part of a policy's JSON that knows its path, so that a refusal can name it. */
record PolicyNode(String path, Json json) {

  Refused refused(String expectedAndFound) {
    return new Refused((path.isEmpty() ? "policy" : path) + ": " + expectedAndFound);
  }

  private Json.Obj object() throws Refused {
    if (json instanceof Json.Obj obj) {
      return obj;
    }
    throw refused("expected an object, found " + json.kind());
  }

  List<String> names() throws Refused {
    return List.copyOf(object().members().keySet());
  }

  /** The members' names, each of which must be one of {@code known}. */
  List<String> namesOf(Collection<String> known) throws Refused {
    List<String> names = names();
    for (String name : names) {
      oneOf(name, known);
    }
    return names;
  }

  /** The word, which must be one of {@code known}. */
  String oneOf(String word, Collection<String> known) throws Refused {
    if (!known.contains(word)) {
      throw refused(
          "expected one of "
              + String.join(", ", known)
              + ", found "
              + Encodings.quote(word)
              + Suggestion.didYouMean(word, known));
    }
    return word;
  }

  PolicyNode member(String name) throws Refused {
    Optional<PolicyNode> member = find(name);
    if (member.isEmpty()) {
      throw refused("expected a member \"" + name + "\", found none");
    }
    return member.get();
  }

  Optional<PolicyNode> find(String name) throws Refused {
    String below = path.isEmpty() ? name : path + "." + name;
    return object().optValue(name).map(value -> new PolicyNode(below, value));
  }

  List<PolicyNode> items() throws Refused {
    if (!(json instanceof Json.Arr arr)) {
      throw refused("expected a list, found " + json.kind());
    }
    List<PolicyNode> items = new ArrayList<>();
    for (Json item : arr.items()) {
      items.add(new PolicyNode(path + "[" + items.size() + "]", item));
    }
    return items;
  }

  /** A text that is not blank and has no white space around it. */
  String text() throws Refused {
    if (!(json instanceof Json.Str str)) {
      throw refused("expected a text, found " + json.kind());
    }
    String text = str.value();
    if (text.isBlank() || !text.strip().equals(text)) {
      throw refused(
          "expected a text without white space around it, found " + Encodings.quote(text));
    }
    return text;
  }

  /** A list of texts, none of which appears twice. */
  List<String> texts() throws Refused {
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

  List<String> someTexts() throws Refused {
    List<String> texts = texts();
    if (texts.isEmpty()) {
      throw refused("expected at least one item, found none");
    }
    return texts;
  }
}
