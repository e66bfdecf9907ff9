package dev.cadastre.portal.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private Instant now = Instant.parse("2026-11-14T09:00:00Z");
  private final Views views = new Views(() -> now);

  @Test
  void aViewIsNotedOnceAnHour() {
    assertTrue(views.first("page"));
    now = now.plus(Duration.ofHours(1));
    assertFalse(views.first("page"));
    now = now.plusNanos(1);
    assertTrue(views.first("page"));
  }

  @Test
  void whatIsRememberedWithinAnHourIsBoundedAndForgettingNotesAgain() {
    for (int i = 0; i < 2 * Views.MOST_REMEMBERED; i++) {
      assertTrue(views.first("page " + i));
      assertTrue(views.remembered() <= Views.MOST_REMEMBERED);
    }
    assertFalse(views.first("page " + (2 * Views.MOST_REMEMBERED - 1)));
    assertTrue(views.first("page 0"), "what was forgotten is noted once more");
  }

  @Test
  void whatIsOlderThanAnHourIsForgotten() {
    for (int i = 0; i < 1000; i++) {
      views.first("page " + i);
    }
    now = now.plus(Duration.ofHours(2));
    views.first("another");
    assertEquals(1, views.remembered());
  }
}
