package dev.cadastre.formats.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.Vectors;
import dev.cadastre.formats.json.JcsWriter;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.proof.anchor.AnchorReceipt;
import dev.cadastre.proof.note.Checkpoint;
import dev.cadastre.proof.note.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What entries say, against the vectors. */
class EventVectorsTest {
  @TestFactory
  Stream<DynamicTest> events() {
    return Vectors.tests(
        "events",
        v -> {
          byte[] event = utf8(v, "event");
          assertArrayEquals(event, EventCodec.encode(EventCodec.decode(event)));
        });
  }

  @TestFactory
  Stream<DynamicTest> disclosures() {
    return Vectors.tests(
        "disclosures",
        v -> {
          Disclosure disclosure = Disclosure.parse(Vectors.str(v, "encoded"));
          assertEquals(Vectors.str(v, "name"), disclosure.name());
          JcsWriter value = new JcsWriter();
          disclosure.value().writeTo(value);
          assertArrayEquals(utf8(v, "value"), value.toBytes());
          if (!disclosure.digest().equals(Vectors.str(v, "digest"))) {
            throw new Refused("another digest");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> anchors() {
    return Vectors.tests(
        "anchors",
        v -> {
          Json.Obj leaf = Json.parseObject(utf8(v, "leaf"));
          AnchorReceipt receipt =
              AnchorReceipt.of(Vectors.hex(v, "entry"), leaf, utf8(v, "checkpoint"));
          List<VerifierKey> keys = new ArrayList<>();
          for (String vkey : Vectors.strings(v, "keys")) {
            keys.add(VerifierKey.parse(vkey));
          }
          Checkpoint anchored = receipt.verify(keys);
          assertEquals(
              new Checkpoint(
                  Vectors.str(v, "origin"), Vectors.integer(v, "size"), Vectors.hash(v, "root")),
              anchored);
          assertEquals(leaf, receipt.leafJson());
        });
  }

  private static byte[] utf8(Json.Obj vector, String name) throws Refused {
    return Vectors.str(vector, name).getBytes(StandardCharsets.UTF_8);
  }
}
