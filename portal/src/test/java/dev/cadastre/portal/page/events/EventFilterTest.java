package dev.cadastre.portal.page.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EventFilterTest {
  @Test
  void whatIsAskedForIsWrittenAsTheLogHasIt() {
    Map<String, String> asked =
        Map.of("target", "mailbox/anna", "text", "of anna", "from", "2026-01-01");
    EventFilter filter = new EventFilter(asked).inLog(text -> text.replace("anna", "person-x"));
    assertEquals("mailbox/person-x", filter.value("target"));
    assertEquals("of person-x", filter.value("text"));
    assertEquals("2026-01-01", filter.value("from"));
  }
}
