package dev.cadastre.ingest.foreign;

import static dev.cadastre.ingest.foreign.ForeignExamplesTest.read;
import static dev.cadastre.ingest.foreign.ForeignExamplesTest.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.Otlp;
import dev.cadastre.ingest.record.Mapped;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What becomes of records of identities, builds, networks and stores in {@code examples/foreign}.
 */
class ForeignSourcesTest {
  @Test
  void azureActivity() throws Exception {
    assertEquals(
        """
        other | other.azure.request | requested | user (private) | processing azure:germanywestcentral claimed
        key.lifecycle | key.lifecycle.delete | success | user (private) | key azure:germanywestcentral claimed | processing azure:germanywestcentral claimed
        key.lifecycle | key.lifecycle.destroy | success | user (private) | key azure:germanywestcentral claimed | processing azure:germanywestcentral claimed
        key.lifecycle | key.lifecycle.retire_grant | success | user (private) | key azure:germanywestcentral claimed | processing azure:germanywestcentral claimed
        lifecycle | backup.azure | success | 00000000-bbbb-4000-8000-000000000001 | backup azure:eastus2 claimed | processing azure:eastus2 claimed
        data.access | data.export | denied | user (private) | processing azure:germanywestcentral claimed | storage azure:germanywestcentral claimed
        other | other.azure.microsoft.compute/virtualmachines/start/action | success | user (private)
        key.lifecycle | key.lifecycle.put_policy | success | user (private)
        """,
        told("azure-activity.json"));
    List<Mapped> all = read("azure-activity.json");
    assertEquals("https://acme-eu.vault.azure.net", all.get(1).open(Names.KEY_ID));
    assertEquals("d1000000-0000-4000-8000-000000000001", all.get(7).event().id());
  }

  @Test
  void entraSignIn() throws Exception {
    assertEquals(
        """
        sign.in | sign.in.entra | success | user (private)
        sign.in | sign.in.entra | denied | user (private)
        sign.in | sign.in.entra | failure | user (private)
        sign.in | sign.in.entra | success | 00000000-eeee-4000-8000-000000000001
        """,
        told("entra-sign-in.json"));
    assertEquals("53003", read("entra-sign-in.json").get(1).open(Names.REASON_CODE));
  }

  @Test
  void okta() throws Exception {
    assertEquals(
        """
        sign.in | sign.in.okta | success | user (private)
        sign.in | sign.in.okta | failure | user (private)
        sign.in | sign.in.okta | success | user (private)
        sign.in | sign.in.okta | denied | user (private)
        support.access | support.access.okta | success | user (private)
        other | other.okta.user.lifecycle.deactivate | success | user (private)
        sign.in | sign.in.okta | success | 0oa2EXAMPLE
        """,
        told("okta.ndjson"));
    List<Mapped> all = read("okta.ndjson");
    assertEquals("0oa1EXAMPLE", all.get(2).open(Names.AUDIT_TARGET_ID));
    assertEquals("00u2EXAMPLE", all.get(5).hidden(Names.AUDIT_TARGET_ID), "a person");
  }

  @Test
  void inToto() throws Exception {
    assertEquals(
        """
        provenance | image.provenance | success | https://github.com/acme/statements/.github/workflows/release.yml@refs/tags/v1.4.2
        provenance | image.provenance | success | https://cloudbuild.googleapis.com/GoogleHostedWorker
        """,
        told("in-toto.ndjson"));
    List<Mapped> all = read("in-toto.ndjson");
    String digest = "486ea46224d1bb4fb680f34f7c9ad96a8f24ec88be73ea8e5a6c65260e9cb8a7";
    assertEquals(digest, all.get(0).open(Names.PROVENANCE_SUBJECT_SHA256));
    assertEquals(digest, all.get(1).open(Names.PROVENANCE_SUBJECT_SHA256), "in an envelope");
    assertEquals("https://github.com/acme/statements", all.get(0).open(Names.PROVENANCE_SOURCE));
    assertEquals("https://slsa.dev/provenance/v0.2", all.get(1).open(Names.PROVENANCE_PREDICATE));
  }

  @Test
  void scans() throws Exception {
    assertEquals(
        """
        finding | iac.scan | failure | Checkov
        """,
        told("sarif.json"));
    assertEquals(
        """
        finding | iac.scan | failure | checkov
        """,
        told("checkov.json"));
    Mapped sarif = read("sarif.json").get(0);
    assertEquals(
        List.of("ACME_RES_1", "CKV_AWS_20"),
        sarif.event().attributes().strings(Names.FINDING_RULE),
        "what passed is no finding");
    assertEquals("https://github.com/acme/infra", sarif.open(Names.AUDIT_TARGET_ID));
    Mapped checkov = read("checkov.json").get(0);
    assertEquals("CKV_AWS_20", checkov.open(Names.FINDING_RULE));
    assertEquals("aws_s3_bucket.statements", checkov.open(Names.FINDING_RESOURCE));
  }

  @Test
  void openLineage() throws Exception {
    assertEquals(
        """
        other | other.openlineage.START | success | acme/statements_daily
        flow.edge | flow.edge | success | acme/statements_daily | storage aws:us-east-1 claimed
        flow.edge | flow.edge | failure | acme/statements_daily | storage aws:eu-central-1 claimed
        """,
        told("openlineage.ndjson"));
    Mapped flow = read("openlineage.ndjson").get(1);
    assertEquals("payment-data", flow.open(Names.DATA_CATEGORY));
  }

  @Test
  void mesh() throws Exception {
    assertEquals(
        """
        flow.edge | mesh.request | success |  (private)
        flow.edge | mesh.request | success |  (private) | storage aws:us-east-1 claimed
        flow.edge | mesh.request | denied |  (private)
        """,
        told("envoy.ndjson"));
    assertEquals("UAEX", read("envoy.ndjson").get(2).open(Names.REASON_CODE));
  }

  @Test
  void accessesToBuckets() throws Exception {
    assertEquals(
        """
        data.access | data.read | success | user (private) | storage aws:eu-central-1 claimed
        data.access | data.write | denied | user (private) | storage aws:eu-central-1 claimed
        data.access | data.list | success | user (private) | storage aws:eu-central-1 claimed
        other | other.s3.REST.GET.VERSIONING | success | user (private) | storage aws:eu-central-1 claimed
        data.access | data.delete | success | svc:s3.amazonaws.com
        """,
        told("s3-access.log"));
    Mapped first = read("s3-access.log").get(0);
    assertEquals("arn:aws:s3:::statements-eu/2026/03/02.pdf", first.open(Names.DATA_OBJECT_ID));
    assertEquals("3E57427F3EXAMPLE", first.event().id());
    assertEquals(1_772_446_838_000_000_000L, first.event().time());
  }

  @Test
  void flows() throws Exception {
    assertEquals(
        """
        flow.edge | flow.log | success | eni-1235b8ca123456789
        flow.edge | flow.log | denied | eni-1235b8ca123456789
        other | other.vpc.no_data |  | eni-1235b8ca123456789
        """,
        told("vpc-flow.log"));
    String line =
        "2 210987654321 eni-1235b8ca123456789 198.51.100.9 198.51.100.21 20641 443 6 20 4249"
            + " 1772446830 1772446890 ACCEPT OK";
    Mapped placed =
        Mapped.body(
            line,
            Otlp.attribute("cloud.region", "eu-central-1"),
            Otlp.attribute("cloud.provider", "aws"));
    assertEquals("aws:eu-central-1 claimed", placed.at(Hop.PROCESSING));
    assertEquals("198.51.100.21", placed.hidden("destination.address"));
    assertEquals(line, placed.hidden(Names.SOURCE_RECORD));
    assertTrue(!placed.entry().contains("198.51.100."), placed::entry);
  }

  /** Lines that only begin like those of a log are no records of it. */
  @Test
  void otherLinesStayWhatTheyAre() throws Exception {
    for (String line :
        List.of(
            "2 210987654321 eni-1235b8ca123456789 something else altogether",
            "2 files changed, 3 insertions(+)",
            "a".repeat(64)
                + " bucket [02/Mar/2026:10:20:38 +0000] and no more of it "
                + "b".repeat(80),
            "0".repeat(64) + " [not a time] " + "x ".repeat(60))) {
      assertTrue(Mapped.body(line).open(Names.SOURCE_FORMAT).isEmpty(), line);
    }
  }
}
