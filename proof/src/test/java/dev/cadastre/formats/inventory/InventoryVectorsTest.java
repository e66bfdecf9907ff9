package dev.cadastre.formats.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.Vectors;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Places;
import dev.cadastre.formats.registry.Registry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class InventoryVectorsTest {
  private static final Registry REGISTRY = Registry.standard();

  @TestFactory
  Stream<DynamicTest> inventories() {
    return Vectors.tests(
        "inventories",
        v -> {
          Inventory inventory;
          try {
            inventory = inventory(v);
            inventory.requireKnown(REGISTRY);
          } catch (Refused e) {
            String says = v.optStr("says").orElse("(valid)");
            assertTrue(e.toString().contains(says), () -> says + " is not in: " + e);
            throw e;
          }
          assertEquals(Vectors.str(v, "canonical"), text(inventory.toJson()));
          assertEquals(inventory, Inventory.fromJson(inventory.toJson()));
        });
  }

  @TestFactory
  Stream<DynamicTest> lookups() {
    return Vectors.tests(
        "lookups",
        v -> {
          Inventory inventory = inventory(v);
          RecordEvent event = (RecordEvent) EventCodec.decode(utf8(Vectors.str(v, "event")));
          RecordEvent completed = Lookup.completed(event, Optional.of(inventory), REGISTRY);
          String found = new String(EventCodec.encode(completed), StandardCharsets.UTF_8);
          if (!Vectors.str(v, "completed").equals(found)) {
            assertEquals("invalid", Vectors.str(v, "result"), found);
            throw new Refused("not what is declared");
          }
          assertEquals(completed, Lookup.completed(completed, Optional.of(inventory), REGISTRY));
          assertEquals(event, Lookup.plain(completed));
          Map<String, String> sites = new TreeMap<>();
          Json.Obj given = v.obj("sites");
          for (String site : given.members().keySet()) {
            sites.put(site, given.str(site));
          }
          Json.Arr differences =
              new Json.Arr(
                  new Lookup(inventory, completed, REGISTRY)
                      .differences(new Places(sites, REGISTRY)).stream()
                          .<Json>map(
                              one ->
                                  Json.strings(
                                      List.of(
                                          one.resource(), one.of(), one.declared(), one.seen())))
                          .toList());
          assertEquals(new Json.Arr(v.arr("differences")), differences);
        });
  }

  private static Inventory inventory(Json.Obj vector) throws Refused {
    return Inventory.fromJson(Json.parseObject(utf8(Vectors.str(vector, "inventory"))));
  }

  private static String text(Json json) {
    return new String(json.jcs(), StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
