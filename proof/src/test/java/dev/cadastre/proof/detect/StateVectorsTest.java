package dev.cadastre.proof.detect;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.Vectors;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** States of keys, against those that another program computed from the same entries. */
class StateVectorsTest {
  @TestFactory
  Stream<DynamicTest> states() {
    return Vectors.tests("states", StateVectorsTest::follow);
  }

  private static void follow(Json.Obj vector) throws Refused {
    StateFold fold = vector.has("state") ? behind(vector) : new StateFold();
    if (vector.has("many")) {
      Json.Obj many = vector.obj("many");
      many(many.integer("count"), whole(vector, many.str("event")), fold);
    }
    for (String text : Vectors.strings(vector, "entries")) {
      Entry entry = entry(whole(vector, text));
      add(fold, entry.index(), entry.received(), entry.eventBytes());
    }
  }

  private static StateFold behind(Json.Obj vector) throws Refused {
    Entry before = entry(vector.str("state"));
    DetectorsState state =
        DetectorsState.in(EventCodec.decode(before.eventBytes()))
            .orElseThrow(() -> new AssertionError("an entry without a state"));
    return new StateFold(before.index(), state, adopted(vector));
  }

  private static Optional<PolicyAdoption> adopted(Json.Obj vector) throws Refused {
    return vector.has("adopted")
        ? Optional.of((PolicyAdoption) EventCodec.decode(utf8(vector.str("adopted"))))
        : Optional.empty();
  }

  /** A vector's text with what its tilde stands for. */
  private static String whole(Json.Obj vector, String text) throws Refused {
    if (!vector.has("tilde")) {
      return text;
    }
    Json.Obj tilde = vector.obj("tilde");
    return text.replace("~", tilde.str("text").repeat((int) tilde.integer("count")));
  }

  private static void many(long count, String event, StateFold fold) throws Refused {
    for (long index = 0; index < count; index++) {
      add(fold, index, 0, utf8(event.replace("#", Long.toString(index))));
    }
  }

  /** What does not concern a fold may be left out, and is. */
  private static void add(StateFold fold, long index, long receivedNs, byte[] eventJcs)
      throws Refused {
    Event event = EventCodec.decode(eventJcs);
    if (fold.concerns(eventJcs)) {
      fold.add(index, receivedNs, event);
    }
  }

  private static Entry entry(String text) throws Refused {
    return Entry.parse(utf8(text));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
