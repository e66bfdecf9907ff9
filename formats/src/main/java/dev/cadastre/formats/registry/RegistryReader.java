package dev.cadastre.formats.registry;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads a registry and refuses one that contradicts itself. */
final class RegistryReader {
  private static final String FORMAT = "cadastre-registry/v1";

  private final SortedMap<String, String> countries = new TreeMap<>();
  private final SortedMap<String, Set<String>> jurisdictions = new TreeMap<>();
  private final SortedMap<String, Region> regions = new TreeMap<>();
  private final SortedMap<String, Area> areas = new TreeMap<>();
  private final Map<String, String> providers = new HashMap<>();
  private final Map<String, Set<String>> controllers = new HashMap<>();

  private RegistryReader() {}

  static Registry read(Json.Obj json) throws Refused {
    json.only("countries", "format", "jurisdictions", "providers", "sources", "version");
    if (!json.str("format").equals(FORMAT)) {
      throw new Refused(
          "expected a registry of format "
              + FORMAT
              + ", found "
              + Encodings.quote(json.str("format")));
    }
    RegistryReader reader = new RegistryReader();
    reader.countries(json.obj("countries"));
    reader.jurisdictions(json.obj("jurisdictions"));
    reader.providers(json.obj("providers"));
    return new Registry(
        json.jcs(),
        json.str("version"),
        reader.countries,
        reader.jurisdictions,
        reader.regions,
        reader.areas,
        reader.providers,
        reader.controllers);
  }

  private void countries(Json.Obj json) throws Refused {
    for (String code : json.members().keySet()) {
      countries.put(code, json.str(code));
    }
  }

  private void jurisdictions(Json.Obj json) throws Refused {
    for (String name : json.members().keySet()) {
      Set<String> members = new TreeSet<>();
      for (String code : json.strings(name)) {
        members.add(country(code, "jurisdiction " + name));
      }
      // A country's code as a jurisdiction's name would mean two things unless it is that country.
      if (members.isEmpty() || countries.containsKey(name) && !members.equals(Set.of(name))) {
        throw new Refused(
            "jurisdiction " + name + ": expected countries of its own, found " + members);
      }
      jurisdictions.put(name, members);
    }
  }

  private void providers(Json.Obj json) throws Refused {
    providers.put(Registry.ON_PREMISES, Registry.ON_PREMISES);
    for (String id : json.members().keySet()) {
      Json.Obj provider = json.obj(id);
      provider.only("aliases", "areas", "control", "name", "regions");
      provider.str("name");
      spelling(id, id);
      for (String alias :
          provider.has("aliases") ? provider.strings("aliases") : List.<String>of()) {
        spelling(alias, id);
      }
      if (provider.has("control")) {
        controllers.put(id, control(id, provider.objects("control")));
      }
      regions(id, provider.obj("regions"));
      if (provider.has("areas")) {
        areas(id, provider.obj("areas"));
      }
    }
  }

  private Set<String> control(String provider, List<Json.Obj> companies) throws Refused {
    Set<String> countries = new TreeSet<>();
    for (Json.Obj company : companies) {
      company.only("company", "country", "source");
      if (company.str("company").isEmpty() || company.str("source").isEmpty()) {
        throw new Refused("provider " + provider + ": expected a company and a source, found none");
      }
      countries.add(country(company.str("country"), "provider " + provider));
    }
    if (countries.isEmpty()) {
      throw new Refused("provider " + provider + ": expected who controls it, found nobody");
    }
    return countries;
  }

  private void spelling(String text, String provider) throws Refused {
    if (providers.put(text, provider) != null) {
      throw new Refused("provider " + provider + ": the name " + text + " is taken");
    }
  }

  private void regions(String provider, Json.Obj json) throws Refused {
    for (String name : json.members().keySet()) {
      Json.Obj region = json.obj(name);
      region.only("country", "lat", "lon", "name");
      String id = provider + ":" + name;
      regions.put(
          id,
          new Region(
              id,
              provider,
              name,
              country(region.str("country"), id),
              region.str("name"),
              degrees(region, "lat", 90),
              degrees(region, "lon", 180)));
    }
  }

  private void areas(String provider, Json.Obj json) throws Refused {
    for (String name : json.members().keySet()) {
      Json.Obj area = json.obj(name);
      area.only("name", "regions");
      String id = provider + ":" + name;
      SortedSet<String> in = new TreeSet<>();
      for (String region : area.strings("regions")) {
        in.add(provider + ":" + region);
      }
      if (in.isEmpty() || regions.containsKey(id) || !regions.keySet().containsAll(in)) {
        throw new Refused(
            "area " + id + ": expected a name and regions of its provider, found " + in);
      }
      areas.put(id, new Area(id, provider, area.str("name"), in));
    }
  }

  private String country(String code, String where) throws Refused {
    if (!countries.containsKey(code)) {
      throw new Refused(
          where + ": expected a country of the registry, found " + Encodings.quote(code));
    }
    return code;
  }

  private static double degrees(Json.Obj json, String name, double most) throws Refused {
    if (json.value(name) instanceof Json.Num num && Math.abs(num.value()) <= most) {
      return num.value();
    }
    throw new Refused("expected degrees up to " + most + " as \"" + name + "\"");
  }
}
