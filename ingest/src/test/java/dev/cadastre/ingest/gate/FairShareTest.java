package dev.cadastre.ingest.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.ingest.gate.FairShare.Reservation;
import dev.cadastre.ingest.request.Refusal.Reason;
import dev.cadastre.ingest.request.Rejected;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairShareTest {
  private final FairShare share = new FairShare(600, 600, "it");

  private static Reason refused(Reservation reservation, long more) {
    return assertThrows(Rejected.class, () -> reservation.use(more)).refusal().reason();
  }

  /** Takes tens until no more are given. */
  private static long fill(FairShare share, String tenant, List<Reservation> taken) {
    for (long held = 0; ; held += 10) {
      Reservation one = share.reserve(tenant);
      taken.add(one);
      try {
        one.use(10);
      } catch (Rejected e) {
        return held;
      }
    }
  }

  @Test
  void aloneATenantGetsHalfAndTwoAThirdEach() {
    List<Reservation> taken = new ArrayList<>();
    assertEquals(300, fill(share, "a", taken));
    taken.forEach(Reservation::close);
    assertEquals(0, share.held());
    assertEquals(0, share.tenants());
    FairShare both = new FairShare(600, 600, "it");
    long a = 0;
    long b = 0;
    for (int i = 0; i < 100; i++) {
      a += grown(both.reserve("a"), 10);
      b += grown(both.reserve("b"), 10);
    }
    assertEquals(200, a);
    assertEquals(200, b);
    assertEquals(10, grown(both.reserve("c"), 10));
  }

  private static long grown(Reservation reservation, long more) {
    try {
      reservation.use(more);
      return more;
    } catch (Rejected e) {
      return 0;
    }
  }

  @Test
  void firstRequestMayTakeMoreThanAShare() throws Rejected {
    Reservation one = share.reserve("a");
    one.use(400);
    one.use(100);
    Reservation two = share.reserve("a");
    assertEquals(Reason.SHARE_EXCEEDED, refused(two, 10));
    assertEquals(Reason.OVERLOADED, refused(two, 101));
    share.reserve("b").use(100);
    one.close();
    one.close();
    two.use(10);
    assertEquals(110, share.held());
  }

  @Test
  void whatNobodyHoldsTakesAnything() throws Rejected {
    Reservation huge = share.reserve("a");
    huge.use(10_000);
    assertEquals(Reason.OVERLOADED, refused(share.reserve("b"), 1));
    huge.close();
    share.reserve("b").use(1);
  }

  @Test
  void whatASingleRequestHoldsBeyondTheShareLeavesOthersTheirs() throws Rejected {
    FairShare memory = new FairShare(600, 1_600, "it");
    memory.reserve("a").use(1_000);
    assertEquals(150, fill(memory, "b", new ArrayList<>()));
    assertEquals(Reason.OVERLOADED, refused(memory.reserve("c"), 451));
    memory.reserve("c").use(450);
  }

  @Test
  void usingNothingIsAlwaysPossible() throws Rejected {
    Reservation one = share.reserve("a");
    one.use(600);
    one.use(0);
    assertEquals(600, share.held());
  }

  @Test
  void whoFindsNoRoomWaitsInOrderAndTenantsTakeTurns() throws Rejected {
    List<String> had = new ArrayList<>();
    Reservation a = share.reserve("a");
    a.use(300);
    Reservation b = share.reserve("b");
    b.use(300);
    for (String name : List.of("a1", "a2", "b1", "b2")) {
      Reservation later = share.reserve(name.substring(0, 1));
      assertFalse(later.reserveOrWait(200, () -> had.add(name)), name);
    }
    assertEquals(4, share.waiting());
    assertFalse(share.reserve("a").reserveOrWait(1, () -> had.add("a3")), "nobody overtakes");
    a.close();
    assertEquals(List.of("a1"), had);
    b.close();
    assertEquals(List.of("a1", "b1"), had, "a had its turn, so b is next");
    assertEquals(400, share.held(), "a third each, and room for one more");
  }

  @Test
  void whatIsGivenBackEarlyLetsOthersIn() throws Rejected {
    List<String> had = new ArrayList<>();
    Reservation one = share.reserve("a");
    one.use(400);
    assertFalse(share.reserve("a").reserveOrWait(200, () -> had.add("other")));
    one.settle(100);
    assertEquals(List.of("other"), had);
    assertEquals(
        Reason.SHARE_EXCEEDED,
        assertThrows(Rejected.class, () -> one.settle(110)).refusal().reason());
    one.close();
    assertEquals(200, share.held());
  }

  @Test
  void largeRequestsOfATenantAreLetInOneAfterTheOther() throws Rejected {
    FairShare memory = new FairShare(600, 2_000, "it");
    List<String> had = new ArrayList<>();
    Reservation one = memory.reserve("a");
    one.use(10);
    Reservation two = memory.reserve("a");
    two.use(10);
    assertFalse(one.reserveOrWait(900, () -> had.add("one")));
    assertFalse(two.reserveOrWait(900, () -> had.add("two")));
    memory.reserve("b").close();
    Reservation other = memory.reserve("b");
    other.use(1);
    other.close();
    assertEquals(List.of("one"), had, "nobody else of the tenant is under way");
    assertEquals(920, memory.held());
    one.close();
    assertEquals(List.of("one", "two"), had);
    two.close();
    assertEquals(0, memory.held());
    assertEquals(0, memory.tenants());
  }

  @Test
  void whatWasReservedIsUsedFirst() throws Rejected {
    Reservation one = share.reserve("a");
    assertTrue(one.reserveOrWait(100, () -> {}));
    one.use(60);
    one.use(40);
    assertEquals(100, share.held());
    one.use(20);
    assertEquals(120, share.held());
    one.settle(50);
    one.use(5);
    assertEquals(55, share.held());
  }

  @Test
  void whoLeavesIsNotLetIn() throws Rejected {
    List<String> had = new ArrayList<>();
    Reservation held = share.reserve("a");
    held.use(600);
    Reservation impatient = share.reserve("a");
    assertFalse(impatient.reserveOrWait(10, () -> had.add("impatient")));
    Reservation patient = share.reserve("a");
    assertFalse(patient.reserveOrWait(10, () -> had.add("patient")));
    assertTrue(impatient.leave());
    assertFalse(impatient.leave());
    held.close();
    assertEquals(List.of("patient"), had);
    assertFalse(patient.leave());
    patient.close();
    assertEquals(0, share.held());
    assertEquals(0, share.tenants());
    assertTrue(impatient.reserveOrWait(10, () -> had.add("never")), "there is room at once");
  }

  @Test
  void theEndOfOnePatienceDoesNotEndTheNextWait() throws Rejected {
    FairShare share = new FairShare(1_000, 1_000, "room");
    FairShare.Reservation other = share.reserve("b");
    other.use(1_000);
    FairShare.Reservation waits = share.reserve("a");
    Runnable first = () -> {};
    Runnable second = () -> {};
    assertFalse(waits.reserveOrWait(500, first));
    other.close();
    other.use(400);
    assertFalse(waits.reserveOrWait(500, second), "it has 500 and wants as many again");
    assertFalse(waits.leave(first));
    assertTrue(waits.leave(second));
  }
}
