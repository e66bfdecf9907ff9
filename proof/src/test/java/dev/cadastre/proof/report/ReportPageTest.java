package dev.cadastre.proof.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Resource;
import dev.cadastre.formats.value.Value;
import dev.cadastre.proof.attestation.AttestationFold;
import dev.cadastre.proof.attestation.AttestationScope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static final String PREVIOUS = "ab".repeat(32);

  /** Numbers and chains are told by whom they come from, as in the portal. */
  @Test
  void streamsAreToldInWords() {
    List<Event> events = new ArrayList<>();
    for (int number = 1; number < 3; number++) {
      events.add(numbered(number, Map.of()));
      events.add(
          numbered(number, Map.of("service.name", "pay <b>", "service.instance.id", "pod-1")));
      events.add(numbered(number, Map.of("service.name", "pay · x")));
    }
    String page = page(events);
    String sender = "<tr><th scope=\"row\"><bdi>token/1a2b3c4d</bdi>";
    for (String words :
        List.of(
            "</th>",
            " · service <bdi>pay &lt;b&gt;</bdi> · instance <bdi>pod-1</bdi></th>",
            " · service <bdi>pay [U+00B7] x</bdi></th>")) {
      assertEquals(2, count(page, sender + words), "numbers and chains: " + words);
    }
    assertTrue(page.contains("Chains that senders made"), page);
    assertEquals(0, count(page, "[&quot;token"), "no arrays");
  }

  private static int count(String page, String part) {
    return page.split(Pattern.quote(part), -1).length - 1;
  }

  private static RecordEvent numbered(long number, Map<String, String> resource) {
    Map<String, Value> names = new HashMap<>();
    resource.forEach((name, text) -> names.put(name, Value.of(text)));
    Map<String, Value> own =
        Map.of(
            "audit.sequence.number",
            Value.of(number),
            "audit.sequence.previous_hash",
            Value.of(PREVIOUS));
    return RecordEvent.builder(Kind.OTHER, "token/1a2b3c4d")
        .attributes(Attributes.of(own))
        .resource(new Resource(Attributes.of(names)))
        .build();
  }

  private static String page(List<Event> events) {
    AttestationScope scope =
        new AttestationScope(
            "example.com/eu-de/bank",
            0,
            events.size(),
            Hash.ZERO,
            Hash.ZERO,
            1,
            2,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    AttestationFold fold = new AttestationFold(scope, Optional.empty());
    for (int i = 0; i < events.size(); i++) {
      fold.add(i, 1, events.get(i));
    }
    return new String(ReportPage.of(fold.result(), Optional.empty()), StandardCharsets.UTF_8);
  }
}
