package dev.cadastre.ledger.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BatchSizeTest {
  private static final long MIB = 1 << 20;
  private static final long MS = 1_000_000;

  private final BatchSize size = new BatchSize(8 * MIB);

  private void full(int times, double msPerMib) {
    for (int i = 0; i < times; i++) {
      size.took(size.bytes(), (long) (size.bytes() / (double) MIB * msPerMib * MS));
    }
  }

  @Test
  void beginsWithTheMostAndStaysThereWhileThatTakesAMoment() {
    full(10, 3);
    assertEquals(8 * MIB, size.bytes());
  }

  @Test
  void shrinksToWhatTakesAMomentAndGrowsAgain() {
    full(20, 12.5);
    assertEquals(2 * MIB, size.bytes(), 16.0);
    full(20, 1);
    assertEquals(8 * MIB, size.bytes());
  }

  @Test
  void neverFallsToNothing() {
    full(20, 100_000);
    assertEquals(MIB / 4, size.bytes());
    size.took(MIB, 0);
    assertEquals(8 * MIB, size.bytes(), 4.0 * MIB);
  }

  @Test
  void learnsNothingFromASmallBatch() {
    size.took(100, 1_000 * MS);
    assertEquals(8 * MIB, size.bytes());
  }

  @Test
  void aSmallMostIsTheLeast() {
    BatchSize tiny = new BatchSize(10);
    tiny.took(10, 1_000 * MS);
    assertEquals(10, tiny.bytes());
  }
}
