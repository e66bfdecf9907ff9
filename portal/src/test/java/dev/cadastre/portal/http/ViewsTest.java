package dev.cadastre.portal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.ledger.model.LogName;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private Instant now = Instant.parse("2026-11-14T09:00:00Z");
  private final Views views = new Views(() -> now);

  @Test
  void aViewIsNotedOnceAnHour() {
    assertTrue(views.first(view("page")));
    now = now.plus(Duration.ofHours(1));
    assertFalse(views.first(view("page")));
    now = now.plusNanos(1);
    assertTrue(views.first(view("page")));
  }

  @Test
  void whatIsRememberedWithinAnHourIsBoundedAndForgettingNotesAgain() {
    for (int i = 0; i < 2 * Views.MOST_REMEMBERED; i++) {
      assertTrue(views.first(view("page " + i)));
      assertTrue(views.remembered() <= Views.MOST_REMEMBERED);
    }
    assertFalse(views.first(view("page " + (2 * Views.MOST_REMEMBERED - 1))));
    int again = 0;
    for (int i = 0; i < 2 * Views.MOST_REMEMBERED; i++) {
      again += views.first(view("page " + i)) ? 1 : 0;
    }
    assertTrue(again >= Views.MOST_REMEMBERED, "forgotten and noted once more: " + again);
  }

  @Test
  void whatIsOlderThanAnHourIsForgotten() {
    for (int i = 0; i < 1000; i++) {
      views.first(view("page " + i));
    }
    now = now.plus(Duration.ofHours(2));
    views.first(view("another"));
    assertEquals(1, views.remembered());
  }

  @Test
  void whatReadsAlikeIsNotTheSame() {
    assertTrue(views.first(new Views.View("a b", new LogName("c"), "d")));
    assertTrue(views.first(new Views.View("a", new LogName("b"), "c d")));
    assertTrue(views.first(new Views.View("a", new LogName("c"), "b d")));
    assertTrue(views.first(new Views.View("a b c", new LogName("c"), "d")));
    assertFalse(views.first(new Views.View("a b", new LogName("c"), "d")));
  }

  private static Views.View view(String target) {
    return new Views.View("session", new LogName("bank"), target);
  }
}
