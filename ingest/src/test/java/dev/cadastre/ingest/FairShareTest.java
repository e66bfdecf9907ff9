package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cadastre.ingest.FairShare.Reservation;
import dev.cadastre.ingest.Refusal.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairShareTest {
  private final FairShare share = new FairShare(600, "it");

  private static Reason refused(Reservation reservation, long more) {
    return assertThrows(Rejected.class, () -> reservation.grow(more)).refusal().reason();
  }

  /** Takes tens until no more are given. */
  private static long fill(FairShare share, String tenant, List<Reservation> taken) {
    for (long held = 0; ; held += 10) {
      Reservation one = share.reserve(tenant);
      taken.add(one);
      try {
        one.grow(10);
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
    FairShare both = new FairShare(600, "it");
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
      reservation.grow(more);
      return more;
    } catch (Rejected e) {
      return 0;
    }
  }

  @Test
  void firstRequestMayTakeMoreThanAShare() throws Rejected {
    Reservation one = share.reserve("a");
    one.grow(400);
    one.grow(100);
    Reservation two = share.reserve("a");
    assertEquals(Reason.SHARE_EXCEEDED, refused(two, 10));
    assertEquals(Reason.OVERLOADED, refused(two, 101));
    share.reserve("b").grow(100);
    one.close();
    one.close();
    two.grow(10);
    assertEquals(110, share.held());
  }

  @Test
  void whatNobodyHoldsTakesAnything() throws Rejected {
    Reservation huge = share.reserve("a");
    huge.grow(10_000);
    assertEquals(Reason.OVERLOADED, refused(share.reserve("b"), 1));
    huge.close();
    share.reserve("b").grow(1);
  }
}
