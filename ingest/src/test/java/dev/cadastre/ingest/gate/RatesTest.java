package dev.cadastre.ingest.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cadastre.ingest.request.Refusal;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ledger.model.LogName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RatesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Sender ACME =
      new Sender("token/0000000a", Optional.of(new LogName("acme")), true);
  private static final Sender ACME_TOO =
      new Sender("token/0000000b", Optional.of(new LogName("acme")), true);
  private static final Sender GLOBEX =
      new Sender("token/0000000c", Optional.of(new LogName("globex")), true);
  private static final Sender ALL = new Sender("token/0000000d", Optional.empty(), true);

  private long now = -5 * SECOND;
  private final Rates rates =
      new Rates(
          new Limits(
              new TenantLimits(1_000, 100, 1 << 20),
              Map.of(new LogName("globex"), new TenantLimits(10_000, 100, 1 << 20))),
          () -> now);

  private static Refusal refused(Step step) {
    return assertThrows(Rejected.class, step::run).refusal();
  }

  private interface Step {
    void run() throws Rejected;
  }

  @Test
  void tenSecondsWorthMayComeAtOnce() throws Rejected {
    for (int i = 0; i < 10; i++) {
      rates.bytes(ACME, 1_000);
    }
    Refusal refusal = refused(() -> rates.bytes(ACME, 1));
    assertEquals(429, refusal.reason().http());
    assertEquals("more bytes a second than acme may send", refusal.message());
  }

  @Test
  void largeRequestIsTakenAndItsDebtPaid() throws Rejected {
    rates.bytes(ACME, 25_000);
    Refusal refusal = refused(() -> rates.admit(ACME));
    assertEquals(15, refusal.retryAfter().orElseThrow().toSeconds());
    now += 14 * SECOND;
    refused(() -> rates.bytes(ACME, 1));
    now += refused(() -> rates.admit(ACME)).retryAfter().orElseThrow().toNanos();
    rates.admit(ACME);
    rates.bytes(ACME, 1);
  }

  @Test
  void recordsAreCountedBesideBytes() throws Rejected {
    rates.records(ACME, 1_200);
    Refusal refusal = refused(() -> rates.admit(ACME));
    assertEquals("more records a second than acme may send", refusal.message());
    assertEquals(Duration.ofSeconds(2), refusal.retryAfter().orElseThrow().minusNanos(1));
  }

  @Test
  void tenantsTokensShareItsLimitAndOthersHaveTheirOwn() throws Rejected {
    rates.bytes(ACME, 20_000);
    refused(() -> rates.admit(ACME_TOO));
    rates.bytes(GLOBEX, 99_999);
    rates.admit(GLOBEX);
    rates.admit(ALL);
  }

  @Test
  void refusedRequestsAreNotCounted() throws Rejected {
    rates.bytes(ACME, 11_000);
    for (int i = 0; i < 100; i++) {
      refused(() -> rates.bytes(ACME, 11_000));
    }
    now += 2 * SECOND;
    rates.bytes(ACME, 1);
  }
}
