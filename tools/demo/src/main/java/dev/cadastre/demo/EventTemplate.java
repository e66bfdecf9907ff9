package dev.cadastre.demo;

import dev.cadastre.formats.json.Json;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * An event that can happen, with what is left to chance.
 *
 * @param name the event's
 * @param actors who does it, one of them
 * @param keys on which key, one of them; none if it is on no key
 * @param attributes what else it says: a list stands for one of its values, {@code {list: […]}} for
 *     all
 */
record EventTemplate(
    Service service,
    String name,
    List<Actor> actors,
    List<Key> keys,
    Map<String, Json> attributes) {
  private static final String OUTCOME = "audit.outcome";
  private static final String MESSAGES = ".messages";

  EventTemplate {
    actors = List.copyOf(actors);
    keys = List.copyOf(keys);
    attributes = Map.copyOf(attributes);
  }

  /**
   * @param call the name of the call that it tells of
   */
  Happening happen(String call, Random random) {
    AttributesBuilder to = Attributes.builder().put(OUTCOME, "success");
    by(Pick.one(actors, random), to);
    if (!keys.isEmpty()) {
      Pick.one(keys, random).put(to);
    }
    attributes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(one -> put(one.getKey(), chosen(one.getValue(), random), call, random, to));
    Attributes all = to.build();
    boolean well = "success".equals(all.get(AttributeKey.stringKey(OUTCOME)));
    return new Happening(service, name, well ? Severity.INFO : Severity.WARN, all);
  }

  private static void by(Actor actor, AttributesBuilder to) {
    to.put("audit.actor.id", actor.id())
        .put("audit.actor.type", actor instanceof Actor.Machine ? "service" : "user");
    if (actor instanceof Actor.Staff staff) {
      person(staff.id(), to).put("ledger.location.operator.country", staff.country());
    } else if (actor instanceof Actor.Visitor visitor) {
      person(visitor.id(), to).put("ledger.location.user.country", visitor.country());
    }
  }

  private static AttributesBuilder person(String id, AttributesBuilder to) {
    return to.put("client.address", "198.51.100." + (1 + Math.floorMod(id.hashCode(), 250)));
  }

  private static Json chosen(Json value, Random random) {
    return value instanceof Json.Arr choices ? Pick.one(choices.items(), random) : value;
  }

  private static void put(
      String attribute, Json value, String call, Random random, AttributesBuilder to) {
    if (value instanceof Json.Num number && number.isInteger()) {
      to.put(attribute, (long) number.value());
    } else if (value instanceof Json.Num number) {
      to.put(attribute, number.value());
    } else if (value instanceof Json.Bool truth) {
      to.put(attribute, truth.value());
    } else if (value instanceof Json.Obj all) {
      to.put(AttributeKey.stringArrayKey(attribute), texts(all));
    } else if (value instanceof Json.Str text) {
      String filled = Pick.filled(text.value(), call, random);
      to.put(attribute, attribute.endsWith(MESSAGES) ? message(attribute, filled) : filled);
    }
  }

  private static List<String> texts(Json.Obj all) {
    List<String> texts = new ArrayList<>();
    if (all.optValue("list").orElseThrow() instanceof Json.Arr list) {
      for (Json item : list.items()) {
        texts.add(((Json.Str) item).value());
      }
    }
    return texts;
  }

  /** In GenAI's form. The messages are here so that one sees them hashed on arrival. */
  private static String message(String attribute, String text) {
    String role = attribute.equals("gen_ai.input.messages") ? "user" : "assistant";
    Json part = Json.Obj.builder().put("type", "text").put("content", text).build();
    Json message =
        Json.Obj.builder().put("role", role).put("parts", new Json.Arr(List.of(part))).build();
    return new String(new Json.Arr(List.of(message)).jcs(), StandardCharsets.UTF_8);
  }
}
