package dev.cadastre.portal.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private final List<String> ran = new ArrayList<>();

  private Runnable work(String name) {
    return () -> ran.add(name);
  }

  /** Whoever comes while the one slot is taken waits, in order, and one more is turned away. */
  @Test
  void whatWaitsIsRunInOrderByWhoIsReadyFirst() {
    Slots slots = new Slots(1, 2);
    List<Boolean> taken = new ArrayList<>();
    assertTrue(
        slots.take(
            () -> {
              ran.add("first");
              for (String name : List.of("second", "third", "fourth")) {
                taken.add(slots.take(work(name)));
              }
              assertEquals(List.of("first"), ran, "nothing runs beyond the slots");
            }));
    assertEquals(List.of(true, true, false), taken);
    assertEquals(List.of("first", "second", "third"), ran);
    assertTrue(slots.take(work("fifth")), "the slot is free again");
    assertEquals("fifth", ran.get(3));
  }

  @Test
  void noSlotIsLostToWhatFails() {
    Slots slots = new Slots(1, 1);
    assertTrue(
        slots.take(
            () -> {
              assertTrue(slots.take(work("waiting")));
              throw new IllegalStateException("on purpose");
            }));
    assertTrue(
        slots.take(
            () -> {
              throw new StackOverflowError("on purpose");
            }));
    assertEquals(List.of("waiting"), ran);
    assertTrue(slots.take(work("after")));
    assertEquals(List.of("waiting", "after"), ran);
  }

  @Test
  void nothingWaitsWhereNothingMay() {
    Slots slots = new Slots(1, 0);
    assertTrue(slots.take(() -> assertFalse(slots.take(work("beyond")))));
    assertEquals(List.of(), ran);
  }
}
