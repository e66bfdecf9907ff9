package dev.cadastre.portal;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares answers with the schemas of an OpenAPI description, as far as ours go. */
final class SchemaCheck {
  private static final String REF = "#/components/schemas/";

  private final Json.Obj schemas;

  SchemaCheck(Json.Obj description) throws Refused {
    this.schemas = description.obj("components").obj("schemas");
  }

  /** What differs between an answer and what the operation says of that status. */
  List<String> differences(Json.Obj operation, int status, Web.Answer answer) throws Refused {
    Json.Obj responses = operation.obj("responses");
    if (!responses.has(Integer.toString(status))) {
      return List.of("status " + status + " is not described: " + answer.text());
    }
    Json.Obj content = responses.obj(Integer.toString(status)).obj("content");
    String type = answer.header("Content-Type");
    if (!content.has(type)) {
      return List.of("expected " + content.members().keySet() + ", found " + type);
    }
    List<String> found = new ArrayList<>();
    compare(content.obj(type).obj("schema"), Json.parse(answer.response().body()), "$", found);
    return found;
  }

  /** What differs between a value and the schema of that name. */
  List<String> differences(String name, Json value) throws Refused {
    List<String> found = new ArrayList<>();
    compare(schemas.obj(name), value, "$", found);
    return found;
  }

  private void compare(Json.Obj schema, Json value, String at, List<String> found) throws Refused {
    if (schema.has("$ref")) {
      compare(schemas.obj(schema.str("$ref").substring(REF.length())), value, at, found);
    } else if (schema.has("oneOf")) {
      oneOf(schema, value, at, found);
    } else if (value instanceof Json.Obj object) {
      object(schema, object, at, found);
    } else if (value instanceof Json.Arr array) {
      require(schema, "array", value, at, found);
      for (Json item : array.items()) {
        compare(schema.obj("items"), item, at + "[]", found);
      }
    } else {
      require(schema, value instanceof Json.Str ? "string" : "integer", value, at, found);
    }
  }

  private void oneOf(Json.Obj schema, Json value, String at, List<String> found) throws Refused {
    int fitting = 0;
    for (Json one : schema.arr("oneOf")) {
      List<String> differences = new ArrayList<>();
      compare((Json.Obj) one, value, at, differences);
      fitting += differences.isEmpty() ? 1 : 0;
    }
    if (fitting != 1) {
      found.add(at + ": " + fitting + " of the alternatives fit");
    }
  }

  private void object(Json.Obj schema, Json.Obj value, String at, List<String> found)
      throws Refused {
    require(schema, "object", value, at, found);
    if (schema.has("required")) {
      for (Json name : schema.arr("required")) {
        if (!value.has(((Json.Str) name).value())) {
          found.add(at + ": " + name + " is missing");
        }
      }
    }
    Json.Obj known = schema.has("properties") ? schema.obj("properties") : Json.Obj.of(Map.of());
    Optional<Json> others = schema.optValue("additionalProperties");
    for (Map.Entry<String, Json> member : value.members().entrySet()) {
      String path = at + "." + member.getKey();
      if (known.has(member.getKey())) {
        compare(known.obj(member.getKey()), member.getValue(), path, found);
      } else if (others.isPresent() && others.get() instanceof Json.Obj form) {
        compare(form, member.getValue(), path, found);
      } else if (others.isPresent()) {
        found.add(path + " is not described");
      }
    }
  }

  private static void require(
      Json.Obj schema, String type, Json value, String at, List<String> found) throws Refused {
    if (!schema.str("type").equals(type)) {
      found.add(at + ": expected " + schema.str("type") + ", found " + value);
    }
    if (schema.has("enum") && !schema.arr("enum").contains(value)) {
      found.add(at + ": " + value + " is none of " + schema.arr("enum"));
    }
  }
}
