package dev.cadastre.ledger.vault;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Attributes;
import java.util.HashSet;
import java.util.Set;

/** The digests of private attributes in an event, wherever they stand: RFC 9901 section 4.2.4.1. */
public final class SdDigests {
  private SdDigests() {}

  public static Set<String> in(byte[] eventJcs) throws Refused {
    Set<String> digests = new HashSet<>();
    collect(Json.parse(eventJcs), digests);
    return digests;
  }

  private static void collect(Json json, Set<String> digests) {
    if (json instanceof Json.Arr array) {
      array.items().forEach(item -> collect(item, digests));
    } else if (json instanceof Json.Obj object) {
      object.members().forEach((name, value) -> collect(name, value, digests));
    }
  }

  private static void collect(String name, Json value, Set<String> digests) {
    if (name.equals(Attributes.SD) && value instanceof Json.Arr array) {
      for (Json item : array.items()) {
        if (item instanceof Json.Str digest) {
          digests.add(digest.value());
        }
      }
    } else {
      collect(value, digests);
    }
  }
}
