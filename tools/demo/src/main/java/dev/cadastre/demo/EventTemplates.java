package dev.cadastre.demo;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The events of a story, by name: each says all about itself, or what differs from another. */
final class EventTemplates {
  private static final int MOST_LIKE = 8;

  private final Json.Obj said;
  private final Map<String, Service> services;
  private final Map<String, Actor> actors;
  private final Map<String, Key> keys;

  EventTemplates(
      Json.Obj said,
      Map<String, Service> services,
      Map<String, Actor> actors,
      Map<String, Key> keys) {
    this.said = said;
    this.services = services;
    this.actors = actors;
    this.keys = keys;
  }

  Act act(List<String> names) throws Refused {
    List<EventTemplate> act = new ArrayList<>();
    for (String name : names) {
      act.add(event(name));
    }
    return new Act(act);
  }

  private EventTemplate event(String name) throws Refused {
    Json.Obj one = whole(name, MOST_LIKE);
    one.only("like", "service", "name", "by", "key", "attributes");
    return new EventTemplate(
        known(services, one.str("service")),
        one.str("name"),
        all(actors, one, "by"),
        one.has("key") ? all(keys, one, "key") : List.of(),
        one.optObj("attributes").map(Json.Obj::members).orElseGet(TreeMap::new));
  }

  /** With what it takes from the event that it is like. */
  private Json.Obj whole(String name, int most) throws Refused {
    Json.Obj own = said.obj(name);
    Optional<String> like = own.optStr("like");
    if (like.isEmpty()) {
      return own;
    }
    if (most == 0) {
      throw new Refused("an event that is like itself: \"" + name + '"');
    }
    Json.Obj other = whole(like.get(), most - 1);
    Map<String, Json> members = new TreeMap<>(other.members());
    members.putAll(own.members());
    Map<String, Json> attributes = new TreeMap<>();
    other.optObj("attributes").ifPresent(theirs -> attributes.putAll(theirs.members()));
    own.optObj("attributes").ifPresent(mine -> attributes.putAll(mine.members()));
    members.put("attributes", Json.Obj.of(attributes));
    return Json.Obj.of(members);
  }

  private static <T> List<T> all(Map<String, T> of, Json.Obj in, String member) throws Refused {
    if (in.value(member) instanceof Json.Str) {
      return List.of(known(of, in.str(member)));
    }
    List<T> all = new ArrayList<>();
    for (String name : in.strings(member)) {
      all.add(known(of, name));
    }
    return all;
  }

  private static <T> T known(Map<String, T> of, String name) throws Refused {
    T found = of.get(name);
    if (found == null) {
      throw new Refused("expected one of " + of.keySet() + ", found \"" + name + '"');
    }
    return found;
  }
}
