package dev.cadastre.ledger.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.ledger.Draft;
import dev.cadastre.ledger.LogName;
import dev.cadastre.ledger.OnConflict;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.event.Kind;
import dev.cadastre.proof.event.RecordEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private static final int MANY = 100;

  private static Work work(String log, int number) throws Refused {
    RecordEvent event = RecordEvent.builder(Kind.OTHER, "test").id(log + number).build();
    return Work.Append.of(
        List.of(Draft.record(new LogName(log), event, List.of())), OnConflict.KEEP);
  }

  private static String id(Work work) {
    return ((Work.Append) work).drafts().get(0).recordId().orElseThrow();
  }

  @Test
  void logsTakeTurnsAndEachKeepsItsOrder() throws Refused {
    WorkQueue queue = new WorkQueue(Long.MAX_VALUE, 3 * work("a", 100).bytes());
    for (int i = 100; i < 100 + MANY; i++) {
      queue.offer(work("a", i));
    }
    queue.offer(work("b", 100));
    queue.offer(work("b", 101));
    queue.offer(work("c", 100));
    List<String> order = new ArrayList<>();
    while (order.size() < MANY + 3) {
      List<Work> batch = queue.take();
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
  void refusesWhatDoesNotFitUnlessItIsEmpty() throws Refused {
    Work one = work("a", 1);
    WorkQueue queue = new WorkQueue(one.bytes() + 1, Long.MAX_VALUE);
    assertEquals(WorkQueue.Offer.TAKEN, queue.offer(one));
    assertEquals(WorkQueue.Offer.FULL, queue.offer(work("b", 1)));
    assertEquals(List.of(one), queue.take());
    assertEquals(WorkQueue.Offer.TAKEN, queue.offer(work("b", 1)));
  }

  @Test
  void closedItTakesNothingAndGivesWhatItHas() throws Refused {
    WorkQueue queue = new WorkQueue(Long.MAX_VALUE, 1);
    queue.offer(work("a", 1));
    queue.offer(work("b", 1));
    queue.close();
    assertEquals(WorkQueue.Offer.CLOSED, queue.offer(work("c", 1)));
    assertEquals("a1", id(queue.take().get(0)));
    assertEquals("b1", id(queue.closeAndDrain().get(0)));
    assertEquals(List.of(), queue.take());
  }
}
