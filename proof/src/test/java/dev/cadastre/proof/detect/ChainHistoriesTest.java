package dev.cadastre.proof.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Attributes;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Vectors hold what a chain is; this holds that a sender cannot make it cost without bound. */
class ChainHistoriesTest {
  @Test
  void moreStreamsThanCanBeFollowedArePassedOver() throws Refused {
    ChainHistories chains = new ChainHistories();
    List<RecordEvent> records =
        IntStream.rangeClosed(0, Memory.ITEMS_MAX).mapToObj(this::linked).toList();
    for (int round = 0; round < 2; round++) {
      records.forEach(one -> chains.add(0, one));
    }
    assertEquals(Memory.ITEMS_MAX, chains.histories().size());
  }

  private RecordEvent linked(int stream) {
    try {
      Attributes attributes =
          Attributes.builder()
              .put("audit.sequence.stream_id", "s" + stream)
              .put("audit.sequence.prev_hash", "ab".repeat(32))
              .build();
      return RecordEvent.builder(Kind.OTHER, "cli").attributes(attributes).build();
    } catch (Refused e) {
      throw new IllegalStateException(e);
    }
  }
}
