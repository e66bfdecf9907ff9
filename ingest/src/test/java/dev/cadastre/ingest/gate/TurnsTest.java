package dev.cadastre.ingest.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns turns = new Turns(2);
  private final Queue<Runnable> handedOver = new ArrayDeque<>();
  private final List<String> order = new ArrayList<>();

  private void ask(String tenant, String name) {
    turns.take(tenant, handedOver::add, () -> order.add(name));
  }

  /** Work that is under way for as long as the rest takes. */
  private void during(String tenant, Runnable rest) {
    turns.take(tenant, handedOver::add, rest);
  }

  private void runAllHandedOver() {
    while (!handedOver.isEmpty()) {
      handedOver.remove().run();
    }
  }

  @Test
  void whatFindsATurnFreeRunsAtOnceOnItsThread() {
    ask("a", "a1");
    during("a", () -> ask("a", "a2"));
    assertEquals(List.of("a1", "a2"), order);
    assertEquals(0, handedOver.size());
  }

  @Test
  void oneTenantLeavesATurnForTheNext() {
    during(
        "a",
        () ->
            during(
                "a",
                () -> {
                  ask("a", "a3");
                  ask("b", "b1");
                }));
    assertEquals(List.of("b1"), order);
    runAllHandedOver();
    assertEquals(List.of("b1", "a3"), order);
  }

  @Test
  void tenantsTakeTurnsAndEachKeepsItsOrder() {
    during(
        "x",
        () ->
            during(
                "y",
                () ->
                    during(
                        "z",
                        () -> {
                          for (int i = 1; i <= 4; i++) {
                            ask("a", "a" + i);
                          }
                          ask("b", "b1");
                          ask("c", "c1");
                          ask("b", "b2");
                          assertEquals(List.of(), order);
                        })));
    runAllHandedOver();
    assertEquals(List.of("a1", "b1", "c1", "a2", "b2", "a3", "a4"), order);
  }

  @Test
  void aTurnIsGivenBackBySomethingThatFails() {
    Runnable fails =
        () -> {
          throw new IllegalStateException("so be it");
        };
    for (int i = 0; i < 5; i++) {
      assertThrows(IllegalStateException.class, () -> during("a", fails));
    }
    ask("a", "a1");
    assertEquals(List.of("a1"), order);
  }

  @Test
  void aTurnIsGivenBackByAServerThatStops() {
    Executor stopped =
        work -> {
          throw new RejectedExecutionException();
        };
    during(
        "a",
        () ->
            during(
                "a",
                () -> {
                  for (int i = 0; i < 100_000; i++) {
                    turns.take("a", stopped, () -> order.add("after the end"));
                  }
                }));
    ask("a", "a1");
    assertEquals(List.of("a1"), order);
  }
}
