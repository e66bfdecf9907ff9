package dev.cadastre.ledger.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.OnConflict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private static final int MANY = 100;

  private static Work work(String log, int number) throws Refused {
    return work(log, number, 1);
  }

  /** Two of the large ones do not make one turn. */
  private static Work large(String log, int number) throws Refused {
    return work(log, number, 40_000);
  }

  private static Work work(String log, int number, int nameLength) throws Refused {
    RecordEvent event =
        RecordEvent.builder(Kind.OTHER, "test")
            .id(log + number)
            .name("x".repeat(nameLength))
            .build();
    return Work.Append.of(
        List.of(Draft.record(new LogName(log), event, List.of())), OnConflict.KEEP);
  }

  private static String id(Work work) {
    return ((Work.Append) work).drafts().get(0).recordId().orElseThrow();
  }

  @Test
  void logsTakeTurnsAndEachKeepsItsOrder() throws Refused {
    WorkQueue queue = new WorkQueue(Long.MAX_VALUE);
    for (int i = 100; i < 100 + MANY; i++) {
      queue.offer(large("a", i));
    }
    queue.offer(large("b", 100));
    queue.offer(large("b", 101));
    queue.offer(large("c", 100));
    List<String> order = new ArrayList<>();
    while (order.size() < MANY + 3) {
      List<Work> batch = queue.take(3 * large("a", 100).bytes());
      assertEquals(Math.min(3, MANY + 3 - order.size()), batch.size());
      batch.forEach(work -> order.add(id(work)));
    }
    assertEquals(
        List.of("a100", "b100", "c100", "a101", "b101", "a102", "a103", "a104"),
        order.subList(0, 8));
    assertEquals("a199", order.get(order.size() - 1));
    assertEquals(0, queue.queuedBytes());
  }

  @Test
  void manySmallOnesHaveATurnWithOneLarge() throws Refused {
    WorkQueue queue = new WorkQueue(Long.MAX_VALUE);
    for (int i = 100; i < 110; i++) {
      queue.offer(large("a", i));
    }
    for (int i = 100; i < 200; i++) {
      queue.offer(work("b", i));
    }
    List<String> order = queue.take(Long.MAX_VALUE).stream().map(WorkQueueTest::id).toList();
    assertEquals("a100", order.get(0));
    assertEquals("b199", order.get(100));
    assertEquals("a101", order.get(101));
  }

  @Test
  void aBatchIsNoLargerThanAskedForUnlessOneWorkIs() throws Refused {
    WorkQueue queue = new WorkQueue(Long.MAX_VALUE);
    long small = work("b", 100).bytes();
    queue.offer(large("a", 100));
    for (int i = 100; i < 110; i++) {
      queue.offer(work("b", i));
    }
    assertEquals(1, queue.take(3 * small).size());
    assertEquals(3, queue.take(3 * small).size());
    assertEquals(7, queue.take(Long.MAX_VALUE).size());
  }

  @Test
  void refusesWhatDoesNotFitUnlessItIsEmpty() throws Refused {
    Work one = work("a", 1);
    WorkQueue queue = new WorkQueue(one.bytes() + 1);
    assertEquals(WorkQueue.Offer.TAKEN, queue.offer(one));
    assertEquals(WorkQueue.Offer.FULL, queue.offer(work("b", 1)));
    assertEquals(List.of(one), queue.take(Long.MAX_VALUE));
    assertEquals(WorkQueue.Offer.TAKEN, queue.offer(work("b", 1)));
  }

  @Test
  void closedItTakesNothingAndGivesWhatItHas() throws Refused {
    WorkQueue queue = new WorkQueue(Long.MAX_VALUE);
    queue.offer(work("a", 1));
    queue.offer(work("b", 1));
    queue.close();
    assertEquals(WorkQueue.Offer.CLOSED, queue.offer(work("c", 1)));
    assertEquals("a1", id(queue.take(1).get(0)));
    assertEquals("b1", id(queue.closeAndDrain().get(0)));
    assertEquals(List.of(), queue.take(1));
  }
}
