package dev.cadastre.demo;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.server.yaml.YamlDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads a customer's story as people write it: src/main/resources/stories. */
final class StoryReader {
  private final String vendor;
  private final String tenant;
  private final Json.Obj file;
  private final Map<String, Service> services = new LinkedHashMap<>();
  private final Map<String, Actor> actors = new LinkedHashMap<>();
  private final Map<String, Key> keys = new LinkedHashMap<>();
  private final EventTemplates events;

  private StoryReader(String vendor, String tenant, Json.Obj file) throws Refused {
    this.vendor = vendor;
    this.tenant = tenant;
    this.file = file;
    this.events = new EventTemplates(file.obj("events"), services, actors, keys);
  }

  /**
   * @param vendor whose customer the tenant is
   */
  static Story read(String vendor, String tenant, byte[] yaml) throws Refused {
    YamlDocument document = YamlDocument.parse("stories/" + tenant + ".yaml", yaml);
    try {
      return new StoryReader(vendor, tenant, document.root()).story();
    } catch (Refused refused) {
      throw document.locate(refused);
    }
  }

  private Story story() throws Refused {
    file.only("title", "services", "actors", "keys", "events", "traffic", "starts", "story");
    for (String name : names("services")) {
      services.put(name, service(name, file.obj("services").obj(name)));
    }
    for (String name : names("actors")) {
      actors.put(name, actor(file.obj("actors").obj(name)));
    }
    for (String name : names("keys")) {
      keys.put(name, key(file.obj("keys").obj(name)));
    }
    return new Story(
        tenant,
        file.str("title"),
        List.copyOf(services.values()),
        traffic(),
        events.act(file.has("starts") ? file.strings("starts") : List.of()),
        scenes());
  }

  private List<String> names(String part) throws Refused {
    return List.copyOf(file.obj(part).members().keySet());
  }

  private Service service(String name, Json.Obj said) throws Refused {
    said.only("of", "version", "over", "at", "zone");
    boolean customers = said.optStr("of").orElse("vendor").equals("customer");
    return new Service(
        name,
        said.str("version"),
        Service.Transport.valueOf(said.str("over").toUpperCase(Locale.ROOT)),
        customers ? tenant : vendor,
        customers,
        said.str("at"),
        said.str("zone"));
  }

  private static Actor actor(Json.Obj said) throws Refused {
    said.only("machine", "staff", "visitor", "from");
    if (said.has("machine")) {
      return new Actor.Machine(said.str("machine"));
    }
    return said.has("staff")
        ? new Actor.Staff(said.str("staff"), said.str("from"))
        : new Actor.Visitor(said.str("visitor"), said.str("from"));
  }

  private static Key key(Json.Obj said) throws Refused {
    said.only("id", "at", "custody");
    return new Key(said.str("id"), said.optStr("at").orElse(""), said.optStr("custody").orElse(""));
  }

  private Map<Act, Integer> traffic() throws Refused {
    Map<Act, Integer> shares = new LinkedHashMap<>();
    Json.Obj traffic = file.obj("traffic");
    for (String act : names("traffic")) {
      shares.put(events.act(List.of(act.split(" \\+ "))), (int) traffic.integer(act));
    }
    return shares;
  }

  private List<Scene> scenes() throws Refused {
    List<Scene> scenes = new ArrayList<>();
    Duration before = Duration.ofDays(Long.MAX_VALUE / 86_400);
    for (Json.Obj said : file.objects("story")) {
      said.only("at", "events", "tells", "ordinary");
      Duration ago = Scene.ago(said.str("at"));
      if (ago.compareTo(before) > 0) {
        throw new Refused("expected the story in its order; found " + said.str("at") + " later");
      }
      before = ago;
      scenes.add(
          new Scene(
              ago,
              events.act(said.strings("events")),
              said.optStr("tells").orElse(""),
              said.optStr("ordinary").map("goes on"::equals)));
    }
    return scenes;
  }
}
