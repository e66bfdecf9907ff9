package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.RecordBytes;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.Draft;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must hold of every draft, whatever it was made of. */
public final class SoundDrafts {
  private static final String POLICY =
      """
      {"version":1,"tenant":"acme",
       "categories":{"billing":{"default":{"allow":["DE"],"deny":["aws:eu-west-1"]}},
                     "traces":{"default":{"allow":["*"]}},
                     "*":{"default":{"allow":["EU"]},"backup":{"allow":["DE"]}}},
       "keys":{"allow":["DE"],"custody":["byok","hyok"],"max-cache":"5m"},
       "operators":{"countries":["EU"]},
       "providers":{"processing":["aws","gcp"]},
       "assurance":{"key":"corroborated"},
       "exceptions":[{"id":"dr","category":"billing","hop":"backup","place":"US",
                      "basis":"Annex 7","until":"2099-12-31"}]}
      """;

  private SoundDrafts() {}

  /** A policy that speaks of everything that policies speak of. */
  public static AdoptedPolicy policy() throws Refused {
    Json.Obj json = Json.parseObject(POLICY.getBytes(StandardCharsets.UTF_8));
    return new AdoptedPolicy(3, Policy.fromJson(json), Registry.standard());
  }

  public static void require(List<Draft> drafts, Optional<AdoptedPolicy> policy) {
    for (Draft draft : drafts) {
      try {
        require(draft, policy);
      } catch (Refused e) {
        throw new AssertionError("an entry that nobody can read", e);
      }
    }
  }

  private static void require(Draft draft, Optional<AdoptedPolicy> policy) throws Refused {
    byte[] jcs = draft.eventJcs();
    RecordEvent event = assertInstanceOf(RecordEvent.class, EventCodec.decode(jcs));
    assertArrayEquals(jcs, EventCodec.encode(event));
    Entry entry =
        Entry.parse(EntryFrame.seal(jcs, EntryFrame.MAX_INDEX, Hash.ZERO, Long.MAX_VALUE));
    assertArrayEquals(jcs, entry.eventBytes());
    assertEquals(
        draft.recordId().orElse(""),
        new String(RecordBytes.id(jcs, 0).orElse(new byte[0]), StandardCharsets.UTF_8));
    assertEquals(verdict(event, policy), event.verdict());
    disclosed(draft, event);
  }

  /** What whoever judges again will find. */
  private static Optional<Verdict> verdict(RecordEvent event, Optional<AdoptedPolicy> policy) {
    return policy
        .filter(one -> event.kind().judged())
        .map(one -> Judge.judge(event, one.policy(), one.registry(), one.index(), StubSink.NOW_NS));
  }

  /** Every digest in the entry has something behind it, which can be read and gives that digest. */
  private static void disclosed(Draft draft, RecordEvent event) throws Refused {
    Set<String> behind = new HashSet<>();
    for (Disclosure one : draft.disclosures()) {
      assertEquals(one, Disclosure.parse(one.encoded()));
      assertTrue(behind.add(one.digest()), "two disclosures with one salt");
    }
    Set<String> shown = new HashSet<>();
    digests(event.attributes(), shown);
    event.resource().ifPresent(one -> digests(one.attributes(), shown));
    event.scope().ifPresent(one -> digests(one.attributes(), shown));
    event.body().ifPresent(one -> digests(one, shown));
    for (Disclosure one : draft.disclosures()) {
      digests(one.value(), shown);
    }
    assertTrue(behind.containsAll(shown), "a digest without a disclosure");
  }

  private static void digests(Attributes attributes, Set<String> into) {
    into.addAll(attributes.sd());
    for (int i = 0; i < attributes.size(); i++) {
      digests(attributes.value(i), into);
    }
  }

  private static void digests(Value value, Set<String> into) {
    if (value instanceof Value.Items items) {
      items.items().forEach(one -> digests(one, into));
    } else if (value instanceof Value.Members members) {
      digests(members.members(), into);
    }
  }
}
