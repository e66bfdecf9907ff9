package dev.cadastre.proof.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.proof.detect.Memory.Part;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private static final int LONG = 1 << 20;

  private final ListCapacity room = new ListCapacity(0);
  private final Memory memory = Memory.inHeap(room);

  @Test
  void longNamesEndLongBeforeManyDo() {
    for (int i = 0; i < 1_000; i++) {
      memory.keep(Part.DISABLED, name(i), "0 0");
    }
    assertEquals(Memory.NAME_BYTES_MAX, memory.nameBytes(Part.DISABLED));
    assertEquals(Memory.NAME_BYTES_MAX / LONG, memory.count(Part.DISABLED));
    assertEquals(1_000 - Memory.NAME_BYTES_MAX / LONG, room.omitted());
  }

  @Test
  void whatIsKnownIsStillFollowedAndMakesRoomWhenItGoes() {
    longNamesEndLongBeforeManyDo();
    memory.keep(Part.DISABLED, name(0), "1 1");
    assertEquals(Optional.of("1 1"), memory.get(Part.DISABLED, name(0)));
    memory.remove(Part.DISABLED, name(0));
    memory.remove(Part.DISABLED, name(0));
    memory.keep(Part.DISABLED, name(999), "2 2");
    assertEquals(Optional.of("2 2"), memory.get(Part.DISABLED, name(999)));
    assertEquals(Memory.NAME_BYTES_MAX, memory.nameBytes(Part.DISABLED));
  }

  @Test
  void oneSortOfThingDoesNotCrowdOutAnother() {
    longNamesEndLongBeforeManyDo();
    assertTrue(memory.hasRoom(Part.FETCHED, name(0)));
  }

  private static String name(int number) {
    String digits = Integer.toString(number);
    return "k".repeat(LONG - digits.length()) + digits;
  }
}
