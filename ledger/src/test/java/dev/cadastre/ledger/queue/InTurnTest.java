package dev.cadastre.ledger.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InTurnTest {
  private final InTurn<String, String> waiting = new InTurn<>();

  @Test
  void anOwnersComeInTheirOrderAndOwnersInTurn() {
    waiting.add("a", "a1");
    waiting.add("a", "a2");
    waiting.add("a", "a3");
    waiting.add("b", "b1");
    waiting.add("c", "c1");
    waiting.add("c", "c2");
    assertEquals(6, waiting.size());
    assertEquals(List.of("a1", "b1", "c1", "a2", "c2", "a3"), all());
    assertTrue(waiting.isEmpty());
  }

  @Test
  void whoMayNotGoKeepsItsTurn() {
    waiting.add("a", "a1");
    waiting.add("b", "b1");
    waiting.add("b", "b2");
    assertEquals(Optional.of("b1"), waiting.next((owner, what) -> !owner.equals("a")));
    assertEquals(Optional.empty(), waiting.next((owner, what) -> false));
    assertEquals(List.of("a1", "b2"), all());
  }

  @Test
  void whoLeavesIsNotMetAgain() {
    waiting.add("a", "a1");
    waiting.add("a", "a2");
    waiting.add("b", "b1");
    assertTrue(waiting.remove("a", "a1"));
    assertFalse(waiting.remove("a", "a1"));
    assertTrue(waiting.remove("b", "b1"));
    assertFalse(waiting.waits("b"));
    assertEquals(List.of("a2"), all());
  }

  private List<String> all() {
    List<String> out = new ArrayList<>();
    for (Optional<String> next = next(); next.isPresent(); next = next()) {
      out.add(next.get());
    }
    return out;
  }

  private Optional<String> next() {
    return waiting.next((owner, what) -> true);
  }
}
