package dev.cadastre.proof.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.proof.note.TrustPolicy;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackLimits;
import dev.cadastre.proof.pack.format.PackPart;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Packs that were cut at anchors verify as one; whatever is done to their order is named. */
class PackSetTest {
  private static List<SyntheticPack> three() throws Refused {
    return SyntheticPack.set(CarriedStateTest.log(), 6, 12, 13);
  }

  private static PackSetReport verify(List<SyntheticPack> packs) throws Refused {
    List<PackSetReport.Member> members = new ArrayList<>();
    for (SyntheticPack pack : packs) {
      members.add(member("p" + members.size(), pack));
    }
    return PackSetReport.of(members);
  }

  private static PackSetReport.Member member(String name, SyntheticPack pack) throws Refused {
    PackReader reader = PackReader.of(pack.zip(), PackLimits.STANDARD);
    TrustPolicy trust = TrustPolicy.parse(pack.payload.get(PackLayout.TRUST_POLICY));
    return new PackSetReport.Member(name, PackVerifier.verify(reader, Optional.of(trust)));
  }

  private static void assertRefused(String reason, List<SyntheticPack> packs) throws Refused {
    PackSetReport report = verify(packs);
    assertFalse(report.verified());
    assertTrue(report.reason().orElseThrow().contains(reason), report.reason().toString());
  }

  @Test
  void aSetVerifiesAsOneWhateverTheOrderOfItsFiles() throws Refused {
    List<SyntheticPack> packs = three();
    for (int turn = 0; turn < 3; turn++) {
      Collections.rotate(packs, 1);
      PackSetReport report = verify(packs);
      assertTrue(report.verified(), report.toString());
      assertTrue(report.trusted());
      assertEquals("parts 1 to 3 of 3", report.checks().get(1).detail());
      assertEquals("entries 0 to 12 without a break", report.checks().get(2).detail());
    }
  }

  @Test
  void eachPartVerifiesAlone() throws Refused {
    for (SyntheticPack pack : three()) {
      assertTrue(member("alone", pack).report().verified());
    }
  }

  @Test
  void aMissingPartIsNamed() throws Refused {
    for (int missing = 0; missing < 3; missing++) {
      List<SyntheticPack> packs = three();
      packs.remove(missing);
      assertRefused("found none with the number " + (missing + 1), packs);
    }
  }

  @Test
  void aPartThatIsThereTwiceIsNamed() throws Refused {
    List<SyntheticPack> packs = three();
    packs.add(packs.get(1));
    assertRefused("the same pack twice: p1 and p3", packs);
  }

  @Test
  void aPartThatClaimsAnothersPlaceIsNamed() throws Refused {
    List<SyntheticPack> packs = three();
    packs.get(0).part = Optional.of(new PackPart(2, 3, 0, 13));
    packs.get(1).part = Optional.of(new PackPart(1, 3, 0, 13));
    assertRefused("p1: Files: expected part 1 of 3 of entries 0 to 12 in its place", packs);
  }

  @Test
  void aPartOfAnotherSetIsRefused() throws Refused {
    List<SyntheticPack> packs = three();
    packs.get(1).part = Optional.of(new PackPart(2, 4, 0, 13));
    assertRefused("found some of another", packs);
    packs.get(1).part = Optional.empty();
    assertRefused("found some of another", packs);
  }

  @Test
  void packsThatNameNoSetMustFollowOneAnother() throws Refused {
    List<SyntheticPack> packs = three();
    packs.forEach(pack -> pack.part = Optional.empty());
    assertTrue(verify(packs).verified());
    assertTrue(verify(packs.subList(0, 2)).verified());
    packs.remove(1);
    assertRefused("p1 to continue p0, found that it begins at entry 12 and not at 6", packs);
  }

  @Test
  void packsThatOverlapAreRefused() throws Refused {
    SyntheticLog log = CarriedStateTest.log();
    List<SyntheticPack> packs = List.of(SyntheticPack.of(log, 0, 12), SyntheticPack.of(log, 6, 12));
    assertRefused("begins at entry 6 and not at 12", packs);
  }

  @Test
  void anotherAnchorAtTheJointIsRefused() throws Refused {
    SyntheticLog log = CarriedStateTest.log();
    List<SyntheticPack> packs =
        List.of(SyntheticPack.set(log, 2, 6).get(1), SyntheticPack.of(log, 6, 12));
    packs.get(0).part = Optional.empty();
    assertRefused("begins at another anchor", packs);
  }

  @Test
  void packsOfTwoLogsAreRefused() throws Refused {
    List<SyntheticPack> packs =
        List.of(SyntheticPack.of(CarriedStateTest.log(), 0, 6), SyntheticPack.forged());
    assertRefused("found p1 with other keys than p0", packs);
  }

  @Test
  void whatWasKnownOfKeysMustNotGetLostAtAJoint() throws Refused {
    List<SyntheticPack> packs = three();
    packs.get(1).withState = false;
    packs.get(1).attestAgain();
    assertTrue(
        member("alone", packs.get(1)).report().verified(), "alone, it says that it knows nothing");
    assertRefused("leaves out what entry 5 carries of keys", packs);
  }

  @Test
  void anotherPolicyOrRootAtTheJointIsADifference() {
    PackSpan.End end =
        new PackSpan.End(6, Hash.ZERO, Optional.of(Hash.ZERO), OptionalLong.of(1), false);
    assertEquals(Optional.empty(), end.differenceTo(end));
    assertEquals(
        Optional.of("begins under the policy of entry 2, not entry 1"),
        end.differenceTo(
            new PackSpan.End(6, Hash.ZERO, Optional.of(Hash.ZERO), OptionalLong.of(2), false)));
    assertEquals(
        Optional.of("begins in another log: the roots at entry 6 differ"),
        end.differenceTo(
            new PackSpan.End(6, Hash.sha256(), Optional.of(Hash.ZERO), OptionalLong.of(1), false)));
  }

  @Test
  void onePackThatIsRefusedIsNamed() throws Refused {
    List<SyntheticPack> packs = three();
    packs.get(1).payload.put(PackLayout.EVENTS_CSV, new byte[0]);
    assertRefused("p1: Table: ", packs);
  }
}
