package dev.cadastre.formats.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.event.Kinds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The names that services of this field send, by what they evidence, and what each is. One that is
 * {@code other} has its reason in docs/formats/vocabulary.md.
 */
class SentNamesTest {
  @ParameterizedTest
  @CsvSource({
    "data.access, data.access",
    "model.load, model.load",
    "inference.request, inference",
    "key.unwrap, key.use",
    "location.evidence, location.evidence",
    "store.access, data.access",
    "storage.tag, resource.observed",
    "mesh.request, flow.edge",
    "flow.log, flow.edge",
    "policy.decision, policy.decision",
    "attestation.report, location.evidence",
    "image.provenance, provenance",
    "client.route, policy.decision",
    "residency.violation, policy.decision",
    "residency.claim, gateway.decision",
    "transport.error, other",
    "client.error, other",
    "exfil.attempt, egress",
    "egress.denied, egress",
    "admission.decision, policy.decision",
    "iac.finding, finding",
    "flow.edge, flow.edge",
    "diode.export, flow.edge",
    "ancillary.store, data.access",
    "crash.dump, data.access",
    "ci.artifact, data.access",
    "artifact.generated, data.access",
  })
  void sources(String name, String kind) {
    is(name, kind);
  }

  @ParameterizedTest
  @CsvSource({
    "data.labelled, data.access",
    "retention.disposed, lifecycle",
    "hold.placed, lifecycle",
    "hold.released, lifecycle",
    "erasure.receipt, lifecycle",
    "key.shred, key.lifecycle",
    "backup.created, lifecycle",
    "snapshot.copied, lifecycle",
    "replica.created, lifecycle",
    "restore.done, lifecycle",
    "dr.consent, approval",
    "mobility.consent, approval",
    "consent.given, approval",
    "migration.move, lifecycle",
    "dlp.scan, data.access",
    "token.map, resource.observed",
    "tokenization.done, data.access",
    "failsafe, mode",
    "failsafe.entered, mode",
    "degraded.mode, mode",
    "read.mode, mode",
  })
  void lifecycle(String name, String kind) {
    is(name, kind);
  }

  @ParameterizedTest
  @CsvSource({
    "sla.report, publication",
    "kpi.export, publication",
    "review.held, publication",
    "transparency.report, publication",
    "latency.measured, other",
    "drill.run, drill",
    "chaos.run, drill",
    "pentest.result, drill",
    "residency.test, drill",
    "synthetic.test, drill",
    "control.test, drill",
    "canary.test, drill",
    "notice.sent, notice",
    "runbook.message, notice",
    "notification.sent, notice",
    "move.window, notice",
  })
  void metricsAndDrills(String name, String kind) {
    is(name, kind);
  }

  @ParameterizedTest
  @CsvSource({
    "tenant.provisioned, provisioning",
    "tenant.closed, provisioning",
    "cell.added, provisioning",
    "sandbox.seeded, provisioning",
    "rollup.export, flow.edge",
    "federated.query, flow.edge",
    "policy.bundle, provenance",
    "iac.module, provenance",
    "edge.redaction, data.access",
    "redaction.receipt, data.access",
    "client.encrypt, key.use",
    "client.decrypt, key.use",
    "sign.in, sign.in",
    "login.failed, sign.in",
    "identity.issued, sign.in",
    "credential.issued, sign.in",
    "authz.decision, policy.decision",
    "abac.decision, policy.decision",
    "secret.access, data.access",
  })
  void cellsLibrariesAndIdentities(String name, String kind) {
    is(name, kind);
  }

  @ParameterizedTest
  @CsvSource({
    "provider.setting, finding",
    "tracker.check, finding",
    "filter.decision, policy.decision",
    "moderation.decision, policy.decision",
    "guardrail.decision, policy.decision",
    "prompt.injection, policy.decision",
    "cache.write, data.access",
    "cache.read, data.access",
    "vector.write, data.access",
    "rag.fetch, data.access",
    "training.run, data.access",
    "dataset.stored, data.access",
    "checkpoint.stored, data.access",
    "model.registered, model.update",
    "model.signed, model.update",
    "model.rollout, model.update",
    "fl.update, model.update",
    "gradient.export, model.update",
    "split.export, model.update",
    "representation.export, flow.edge",
    "synthetic.export, flow.edge",
    "ci.decision, policy.decision",
    "leak.detected, incident",
  })
  void models(String name, String kind) {
    is(name, kind);
  }

  @ParameterizedTest
  @CsvSource({
    "dpa.signed, publication",
    "tia.completed, publication",
    "subprocessor.added, publication",
    "subprocessor.changed, publication",
    "obligation.signed, publication",
    "disclosure.request, disclosure.request",
    "incident.opened, incident",
    "breach.noticed, incident",
    "remediation.task, incident",
    "ioc.export, flow.edge",
    "support.case, support.access",
    "support.access, support.access",
    "support.bundle, support.access",
    "anomaly.finding, finding",
  })
  void contractsAndIncidents(String name, String kind) {
    is(name, kind);
  }

  private static void is(String name, String kind) {
    assertEquals(kind, Kinds.of(name, Attributes.EMPTY, Attributes.EMPTY).wire());
    assertEquals(kind, Kinds.of("ledger." + name, Attributes.EMPTY, Attributes.EMPTY).wire());
  }
}
