package dev.cadastre.proof.attestation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.Vectors;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.detect.DetectorsState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Attestations, against those that another program computed from the same entries. */
class AttestationVectorsTest {
  @TestFactory
  Stream<DynamicTest> attestations() {
    return Vectors.tests(
        "attestations",
        v -> {
          Json.Obj scope = Json.parseObject(utf8(Vectors.str(v, "scope")));
          AttestationFold fold = new AttestationFold(scope(scope), adopted(scope), state(scope));
          for (String entry : Vectors.strings(v, "entries")) {
            fold.add(Entry.parse(utf8(entry)));
          }
          Json.Obj predicate = fold.result().toJson();
          String computed = new String(predicate.jcs(), StandardCharsets.UTF_8);
          if (Vectors.str(v, "result").equals("valid")) {
            assertEquals(Vectors.str(v, "predicate"), computed);
            assertEquals(predicate, ResidencyAttestation.fromJson(predicate).toJson());
            for (Json changed : withStrangeMember(predicate)) {
              assertThrows(Refused.class, () -> ResidencyAttestation.fromJson((Json.Obj) changed));
            }
          } else if (!Vectors.str(v, "predicate").equals(computed)) {
            throw new Refused("not what the entries say");
          }
        });
  }

  /** The value once for each object in it, with a member that nothing names in that object. */
  private static List<Json> withStrangeMember(Json value) {
    List<Json> variants = new ArrayList<>();
    if (value instanceof Json.Obj obj) {
      variants.add(with(obj, "strange", Json.of("x")));
      obj.members()
          .forEach(
              (name, member) ->
                  withStrangeMember(member).forEach(v -> variants.add(with(obj, name, v))));
    } else if (value instanceof Json.Arr arr) {
      for (int i = 0; i < arr.items().size(); i++) {
        for (Json changed : withStrangeMember(arr.items().get(i))) {
          List<Json> items = new ArrayList<>(arr.items());
          items.set(i, changed);
          variants.add(new Json.Arr(items));
        }
      }
    }
    return variants;
  }

  private static Json.Obj with(Json.Obj obj, String name, Json value) {
    SortedMap<String, Json> members = new TreeMap<>(obj.members());
    members.put(name, value);
    return new Json.Obj(members);
  }

  private static AttestationScope scope(Json.Obj json) throws Refused {
    return new AttestationScope(
        json.str("origin"),
        json.integer("from"),
        json.integer("to"),
        Hash.ofHex(json.str("rootBefore")),
        Hash.ofHex(json.str("root")),
        Encodings.decimal(json.str("fromNs")),
        Encodings.decimal(json.str("toNs")),
        anchor(json, "before"),
        anchor(json, "after"),
        json.has("policy")
            ? Optional.of(PolicyUse.fromJson(json.obj("policy")))
            : Optional.empty());
  }

  private static Optional<PolicyAdoption> adopted(Json.Obj json) throws Refused {
    return json.has("adopted")
        ? Optional.of((PolicyAdoption) EventCodec.decode(json.obj("adopted").jcs()))
        : Optional.empty();
  }

  private static Optional<DetectorsState> state(Json.Obj json) throws Refused {
    return json.has("state")
        ? DetectorsState.in(EventCodec.decode(Entry.parse(utf8(json.str("state"))).eventBytes()))
        : Optional.empty();
  }

  private static Optional<AnchorPoint> anchor(Json.Obj json, String name) throws Refused {
    return json.has(name) ? Optional.of(AnchorPoint.fromJson(json.obj(name))) : Optional.empty();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
