package dev.cadastre.server.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.KeyScope;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.attestation.TimeToRevoke;
import dev.cadastre.proof.detect.KeyHistory;
import dev.cadastre.proof.detect.Revocation;
import dev.cadastre.proof.detect.Runs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a customer's revocations come to, from OTLP bytes to the verified pack. */
class RevocationStoryTest {
  private static final String POLICY =
      """
      version: 1
      tenant: bank
      categories: {"*": {default: {allow: [DE]}}}
      keys: {allow: [DE]}
      """;

  private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/1";

  @TempDir private Path folder;
  private Story story;

  @BeforeEach
  void open() throws Exception {
    story = Story.of(folder, POLICY);
  }

  @AfterEach
  void close() {
    story.close();
  }

  private long use(double seconds, Object... more) throws Exception {
    return key("ledger.key.use", "decrypt", seconds, more);
  }

  private long key(String name, String operation, double seconds, Object... more) throws Exception {
    Object[] all = new Object[more.length + 4];
    System.arraycopy(more, 0, all, 4, more.length);
    System.arraycopy(
        new Object[] {"ledger.key.id", KEY, "ledger.key.operation", operation}, 0, all, 0, 4);
    return story.happens(name, seconds, all);
  }

  private static KeyHistory key(ResidencyAttestation said) {
    assertEquals(List.of(KEY), said.keys().stream().map(KeyHistory::keyId).toList());
    return said.keys().get(0);
  }

  /** Disabled, throttled a second later, and refused as disabled after forty. */
  @Test
  void aThrottledCallDoesNotShowThatAKeyIsRefused() throws Exception {
    long last = use(-10);
    long disable = key("ledger.key.lifecycle", "disable", 0);
    long throttled = use(1, "audit.outcome", "failure", "error.type", "ThrottlingException");
    long refused = use(40, "audit.outcome", "failure", "error.type", "DisabledException");
    ResidencyAttestation said = story.attested();
    Revocation revocation = key(said).revocations().get(0);
    assertEquals(disable, revocation.index());
    assertEquals(last, revocation.lastUse().orElseThrow().index());
    assertEquals(OptionalLong.of(refused), revocation.denial());
    assertEquals(Duration.ofSeconds(40), revocation.timeToRevoke().orElseThrow());
    assertEquals(Duration.ZERO, revocation.timeToRevokeAtLeast().orElseThrow());
    assertEquals(List.of(new Runs.Run(throttled, throttled)), revocation.inconclusive().runs());
    assertEquals(List.of(1L, 1L, 1L), counts(key(said)));
    String report = story.report();
    assertTrue(report.contains("last use 10.000 s before"), report);
    assertTrue(report.contains("first refusal 40.000 s later"), report);
    assertTrue(report.contains("tried without a clear answer 1 time"), report);
    assertTrue(report.contains("Of 1 revocation, 1 was followed by a refused use"), report);
  }

  private static List<Long> counts(KeyHistory key) {
    return List.of(key.uses(), key.denials(), key.inconclusive());
  }

  @Test
  void aRevocationThatNobodyTriedIsCountedAmongThoseOfWhichNothingIsKnown() throws Exception {
    key("ledger.key.lifecycle", "disable", 0);
    use(3);
    use(5, "audit.outcome", "denied");
    key("ledger.key.lifecycle", "enable", 10);
    key("ledger.key.lifecycle", "disable", 20);
    use(21, "audit.outcome", "failure", "error.type", "UNAVAILABLE");
    TimeToRevoke time = story.attested().timeToRevoke().orElseThrow();
    assertEquals(List.of(2L, 1L), List.of(time.revocations(), time.observed()));
    assertEquals(Duration.ofSeconds(3), TimeToRevoke.percentile(time.least(), 95));
    assertEquals(Duration.ofSeconds(5), TimeToRevoke.percentile(time.most(), 50));
  }

  /** The bank's officer takes the vendor's identity out of the key's policy. */
  @Test
  void anIdentityWhoseAccessWasWithdrawnIsRefusedAndOthersGoOn() throws Exception {
    use(-5, "audit.actor.id", "vendor", "audit.actor.type", "service");
    long withdrawn = key("key.policy", "put_policy", 0, "ledger.key.withdrawn.from", "vendor");
    use(1, "audit.actor.id", "bank-batch", "audit.actor.type", "service");
    use(
        2,
        "audit.actor.id",
        "bank-batch",
        "audit.actor.type",
        "service",
        "audit.outcome",
        "denied");
    long refused =
        use(
            3,
            "audit.actor.id",
            "vendor",
            "audit.actor.type",
            "service",
            "error.type",
            "AccessDenied");
    ResidencyAttestation said = story.attested();
    assertEquals(List.of(), said.violations());
    assertEquals(1, key(said).revocations().size());
    Revocation revocation = key(said).revocations().get(0);
    assertEquals(KeyScope.identity("vendor"), revocation.scope());
    assertEquals(withdrawn, revocation.index());
    assertEquals(OptionalLong.of(refused), revocation.denial());
    assertEquals(0, revocation.uses().count());
    assertTrue(story.report().contains("access of vendor withdrawn by entry"), story.report());
    long used = use(90_000, "audit.actor.id", "vendor", "audit.actor.type", "service");
    ResidencyAttestation next = story.attested();
    assertEquals("keys.withdrawn", next.violations().get(0).what().rule());
    assertEquals(used, next.violations().get(0).first());
    assertEquals(withdrawn, key(next).revocations().get(0).index());
  }

  @Test
  void aVersionThatWasDisabledLeavesTheOthersInUse() throws Exception {
    key("key.destroy", "destroy", 0, "ledger.key.version", "1");
    use(1, "ledger.key.version", "2");
    use(2);
    assertEquals(List.of(), story.attested().violations());
    use(3, "ledger.key.version", "1");
    ResidencyAttestation said = story.attested();
    assertEquals("keys.disabled", said.violations().get(0).what().rule());
    assertEquals(KeyScope.version("1"), key(said).revocations().get(0).scope());
  }

  @Test
  void aNoticeAboutADisabledKeyIsNoUseOfIt() throws Exception {
    key("ledger.key.lifecycle", "disable", 0);
    story.happens("notice.sent", 1, "ledger.key.id", KEY, "audit.target.id", "customer/7");
    story.happens("key.notice", 2, "ledger.key.id", KEY);
    story.happens("notice.sent", 3, "ledger.key.id", KEY, "ledger.data.category", "notices");
    ResidencyAttestation said = story.attested();
    assertEquals(List.of(), said.violations());
    assertEquals(List.of(0L, 0L, 0L), counts(key(said)));
    assertEquals(1, said.kinds().of("notice"));
    assertEquals(1, said.kinds().of("other"));
    story.happens("data.access", 4, "ledger.key.id", KEY, "ledger.data.category", "notices");
    assertEquals(1, story.attested().outcomes().of("violation"));
  }

  @Test
  void aRefusalInTheNextPeriodEndsTheInterval() throws Exception {
    key("ledger.key.lifecycle", "disable", 0);
    use(1, "audit.outcome", "failure", "error.type", "KMSInternalException");
    assertEquals(0, story.attested().timeToRevoke().orElseThrow().observed());
    use(90_000, "audit.outcome", "failure", "error.type", "KMSInvalidStateException");
    TimeToRevoke time = story.attested().timeToRevoke().orElseThrow();
    assertEquals(List.of(Duration.ofSeconds(90_000)), time.most());
  }
}
