package dev.cadastre.ingest.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.imports.ImportReader;
import dev.cadastre.ingest.record.Mapped;
import dev.cadastre.ingest.request.Undecodable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of each record in {@code examples/foreign}. */
class ForeignExamplesTest {
  static final Path EXAMPLES = Path.of(System.getProperty("cadastre.root"), "examples", "foreign");

  static List<Mapped> read(String file) throws IOException, Undecodable {
    List<Mapped> all = new ArrayList<>();
    try (InputStream in = Files.newInputStream(EXAMPLES.resolve(file))) {
      ImportReader reader = new ImportReader(in, ForeignFormats.AUTO);
      for (Optional<ImportReader.Read> read = reader.next();
          read.isPresent();
          read = reader.next()) {
        assertEquals("", read.get().problem(), file + " line " + read.get().line());
        all.add(Mapped.of(read.get().log()));
      }
    }
    return all;
  }

  /** One line a record: kind, name, outcome, actor, and where. */
  static String told(String file) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (Mapped one : read(file)) {
      String actor = one.open(Names.AUDIT_ACTOR_ID);
      lines
          .append(one.event().kind().wire())
          .append(" | ")
          .append(one.event().name())
          .append(" | ")
          .append(one.open(Names.AUDIT_OUTCOME))
          .append(" | ")
          .append(actor.isEmpty() ? one.open(Names.AUDIT_ACTOR_TYPE) + " (private)" : actor);
      for (Hop hop : Hop.values()) {
        lines.append(one.at(hop).isEmpty() ? "" : " | " + hop.wire() + " " + one.at(hop));
      }
      lines.append('\n');
    }
    return lines.toString();
  }

  @Test
  void cloudTrail() throws Exception {
    String instance = "arn:aws:sts::210987654321:assumed-role/statements/i-0a1b2c3d4e5f60718";
    assertEquals(
        """
        key.use | key.use.decrypt | success | INSTANCE | key aws:eu-central-1 corroborated | processing aws:eu-central-1 claimed
        key.use | key.use.decrypt | denied | user (private) | key aws:eu-central-1 claimed | processing aws:eu-central-1 claimed
        key.lifecycle | key.lifecycle.create | success | user (private) | key aws:eu-central-1 corroborated | processing aws:eu-central-1 claimed
        key.lifecycle | key.lifecycle.disable | success | user (private) | key aws:eu-central-1 corroborated | processing aws:eu-central-1 claimed
        key.lifecycle | key.lifecycle.replicate | success | user (private) | key aws:us-east-1 corroborated | processing aws:eu-central-1 claimed
        data.access | data.read | success | user (private) | processing aws:eu-central-1 claimed | storage aws:eu-central-1 corroborated
        data.access | data.write | success | user (private) | key aws:eu-central-1 claimed | processing aws:eu-central-1 claimed | storage aws:eu-central-1 + aws:us-east-1 contradicted
        lifecycle | lifecycle.s3.put_bucket_replication | success | user (private) | processing aws:eu-central-1 claimed | storage aws:eu-central-1 corroborated
        inference | inference.invoke | success | INSTANCE | gateway aws:eu-central-1 claimed | processing aws:eu-west-3 claimed
        sign.in | sign.in.aws | success | user (private) | processing aws:eu-central-1 claimed
        """
            .replace("INSTANCE", instance),
        told("cloudtrail.json"));
  }

  @Test
  void cloudTrailDetails() throws Exception {
    List<Mapped> all = read("cloudtrail.json");
    Mapped decrypt = all.get(0);
    assertEquals("e0000000-0000-4000-8000-000000000001", decrypt.event().id());
    assertEquals(1_772_439_330_000_000_000L, decrypt.event().time());
    assertEquals(
        "arn:aws:kms:eu-central-1:210987654321:key/6f1d2c3b-0000-4000-8000-00000000000a",
        decrypt.open(Names.KEY_ID));
    assertEquals("d0d0c0ffee", decrypt.open(Names.KEY_VERSION));
    assertEquals("arn:aws:s3:::statements-eu/2026/03/02.pdf", decrypt.open(Names.DATA_OBJECT_ID));
    assertEquals("arn:aws:iam::210987654321:role/statements", decrypt.open("ledger.actor.role"));
    Mapped denied = all.get(1);
    assertEquals("AccessDenied", denied.open(Names.REASON_CODE));
    assertTrue(denied.hidden(Names.REASON_DETAIL).contains("anna.berg"), "it names a person");
    assertEquals("customer-held", all.get(2).open(Names.KEY_CUSTODY));
    assertEquals(
        "arn:aws:s3:::statements-eu/customers/(private)/2026-02.pdf",
        all.get(5).open(Names.DATA_OBJECT_ID));
  }

  /** Data that leave a region, or are shared, are told as that. */
  @Test
  void cloudTrailTransfers() throws Exception {
    assertEquals(
        """
        lifecycle | backup.ec2.copy_snapshot | success | user (private) | backup aws:us-east-1 claimed | processing aws:us-east-1 claimed | storage aws:eu-central-1 claimed
        data.access | data.share | success | user (private) | processing aws:eu-central-1 claimed | storage aws:eu-central-1 claimed
        other | other.ec2.ModifySnapshotAttribute | success | user (private) | processing aws:eu-central-1 claimed
        data.access | data.share | success | user (private) | processing aws:eu-central-1 claimed | storage aws:eu-central-1 claimed
        lifecycle | replica.rds.create_db_instance_read_replica | success | user (private) | key aws:us-east-1 claimed | processing aws:us-east-1 claimed | storage aws:us-east-1 claimed
        data.access | data.share | success | user (private) | processing aws:eu-central-1 claimed | storage aws:eu-central-1 claimed
        data.access | data.export | success | user (private) | key aws:eu-central-1 claimed | processing aws:eu-central-1 claimed | storage aws:eu-central-1 claimed
        lifecycle | replica.dynamodb.update_table | success | user (private) | processing aws:eu-central-1 claimed | storage aws:us-west-2 claimed
        other | other.dynamodb.UpdateTable | success | user (private) | processing aws:eu-central-1 claimed
        data.access | data.export | success | user (private) | processing aws:eu-central-1 claimed | storage aws:eu-central-1 claimed
        lifecycle | replica.secretsmanager.replicate_secret_to_regions | success | user (private) | processing aws:eu-central-1 claimed | storage aws:us-east-1 + aws:eu-west-1 claimed
        lifecycle | backup.backup.start_copy_job | success | user (private) | backup aws:us-east-1 claimed | processing aws:eu-central-1 claimed | storage aws:eu-central-1 claimed
        lifecycle | backup.backup.copy_job_completed | success | backup.amazonaws.com | backup aws:us-east-1 claimed | processing aws:eu-central-1 claimed | storage aws:eu-central-1 claimed
        lifecycle | backup.backup.create_backup_plan | success | user (private) | backup aws:ap-southeast-2 claimed | processing aws:eu-central-1 claimed | storage aws:eu-central-1 claimed
        """,
        told("cloudtrail-transfers.json"));
    List<Mapped> all = read("cloudtrail-transfers.json");
    assertEquals("444455556666", all.get(1).open("aws.shared_with"));
    assertEquals("all", all.get(3).open("aws.shared_with"));
    assertEquals("acme-analytics", all.get(6).open("aws.s3.bucket"));
  }

  @Test
  void gcp() throws Exception {
    String service = "statements@acme-prod.iam.gserviceaccount.com";
    assertEquals(
        """
        key.use | key.use.decrypt | success | SERVICE | key gcp:europe-west3 corroborated | processing gcp:europe-west3 claimed
        key.use | key.use.asymmetric_sign | denied | user (private) | key gcp:europe-west3 corroborated | processing gcp:europe-west3 claimed
        key.lifecycle | key.lifecycle.destroy | success | user (private) | key gcp:europe-west3 corroborated | processing gcp:europe-west3 claimed
        key.lifecycle | key.lifecycle.rotate | success | user (private) | key gcp:us-central1 + gcp:europe-west3 contradicted | processing gcp:us-central1 claimed
        data.access | data.read | success | SERVICE | processing gcp:europe-west3 claimed | storage gcp:europe-west3 claimed
        other | other.compute.googleapis.com.insert | success | user (private) | processing gcp:europe-west3 claimed
        data.access | data.operator_access | success | provider_operator (private) | operator US claimed
        """
            .replace("SERVICE", service),
        told("gcp.ndjson"));
  }

  @Test
  void gcpDetails() throws Exception {
    List<Mapped> all = read("gcp.ndjson");
    assertEquals("CUSTOMER_INITIATED_ACCESS", all.get(0).open(Names.REASON_CODE));
    assertEquals("gcp-1", all.get(0).event().id());
    assertEquals(1_772_442_001_123_456_789L, all.get(0).event().time());
    String ring = "projects/acme-prod/locations/europe-west3/keyRings/bank/cryptoKeys/";
    assertEquals(ring + "signing", all.get(1).open(Names.KEY_ID));
    assertEquals("3", all.get(1).open(Names.KEY_VERSION));
    assertEquals(ring + "statements", all.get(2).open(Names.KEY_ID));
    assertEquals("1", all.get(2).open(Names.KEY_VERSION), "the other versions are not destroyed");
    Mapped transparency = all.get(6);
    assertEquals("CUSTOMER_INITIATED_SUPPORT", transparency.open(Names.REASON_CODE));
    assertEquals("Case number: 4711", transparency.hidden(Names.REASON_DETAIL));
    assertEquals("projects/acme-prod/approvalRequests/a1", transparency.open(Names.APPROVAL_ID));
    assertEquals("Engineering", transparency.open("ledger.actor.role"));
  }

  @Test
  void azureKeyVault() throws Exception {
    assertEquals(
        """
        key.use | key.use.unwrap | success | APP | key azure:germanywestcentral claimed | processing azure:germanywestcentral claimed
        key.lifecycle | key.lifecycle.delete | success | user (private) | key azure:germanywestcentral claimed | processing azure:germanywestcentral claimed
        key.use | key.use.sign | denied | APP | key azure:germanywestcentral claimed | processing azure:germanywestcentral claimed
        data.access | data.read | success | APP | processing azure:germanywestcentral claimed | storage azure:germanywestcentral claimed
        other | other.keyvault.VaultGet | success | APP
        """
            .replace("APP", "00000000-bbbb-4000-8000-000000000001"),
        told("azure-keyvault.json"));
    Mapped unwrap = read("azure-keyvault.json").get(0);
    assertEquals("https://acme-eu.vault.azure.net/keys/statements", unwrap.open(Names.KEY_ID));
    assertEquals("0123456789abcdef0123456789abcdef", unwrap.open(Names.KEY_VERSION));
    assertEquals(1_772_445_601_123_456_700L, unwrap.event().time());
    assertEquals(
        "2026-03-02T10:00:01.1234567Z/KeyUnwrap/c0000000-0000-4000-8000-000000000001/"
            + "https://acme-eu.vault.azure.net/keys/statements/0123456789abcdef0123456789abcdef/unwrapkey",
        unwrap.event().id());
  }

  @Test
  void vault() throws Exception {
    assertEquals(
        """
        other | other.vault.request | requested | user (private)
        key.use | key.use.decrypt | success | user (private)
        key.lifecycle | key.lifecycle.rotate | success | user (private)
        key.use | key.use.generate_data_key | success | user (private)
        data.access | data.read | success | user (private)
        key.use | key.use.encrypt | denied | user (private)
        other | other.vault.update | success | user (private)
        """,
        told("vault.ndjson"));
    List<Mapped> all = read("vault.ndjson");
    assertEquals("transit/keys/statements", all.get(1).open(Names.KEY_ID));
    assertEquals("transit/keys/statements", all.get(3).open(Names.KEY_ID));
    assertEquals("b0000000-0000-4000-8000-000000000001/request", all.get(0).event().id());
    assertEquals("b0000000-0000-4000-8000-000000000001/response", all.get(1).event().id());
  }

  @Test
  void opa() throws Exception {
    assertEquals(
        """
        policy.decision | policy.decision | allowed | user (private) | processing eu-central-1 claimed
        policy.decision | policy.decision | denied | user (private) | processing eu-central-1 claimed
        policy.decision | policy.decision | denied | system:serviceaccount:ci:deployer | processing eu-central-1 claimed
        policy.decision | policy.decision | denied | user (private) | processing eu-central-1 claimed
        policy.decision | policy.decision | failure | user (private) | processing eu-central-1 claimed
        """,
        told("opa.json"));
    Mapped review = read("opa.json").get(2);
    assertEquals("residency@r42", review.open("ledger.policy.revision"));
    assertEquals("kubernetes/admission/review", review.open(Names.AUDIT_TARGET_ID));
    assertEquals("nodeSelector must name a sovereign zone", review.hidden(Names.REASON_DETAIL));
  }

  @Test
  void kubernetes() throws Exception {
    assertEquals(
        """
        policy.decision | admission.decision | denied | user (private)
        policy.decision | admission.decision | success | user (private)
        data.access | data.read | success | system:serviceaccount:prod:api
        other | other.kubernetes.get | success | user (private)
        policy.decision | policy.decision.authorization | denied | user (private)
        other | other.kubernetes.request | requested | user (private)
        """,
        told("kubernetes.json"));
    Mapped refused = read("kubernetes.json").get(0);
    assertEquals("validation.gatekeeper.sh", refused.open(Names.REASON_CODE));
    assertEquals("prod/pods/trainer", refused.open(Names.AUDIT_TARGET_ID));
    assertEquals("a0000000-0000-4000-8000-000000000001/ResponseComplete", refused.event().id());
  }

  @Test
  void falco() throws Exception {
    assertEquals(
        """
        egress | exfil.attempt | detected | user (private)
        policy.decision | policy.decision.runtime | detected | user (private)
        """,
        told("falco.ndjson"));
    List<Mapped> all = read("falco.ndjson");
    assertEquals("f0000000-0000-4000-8000-000000000001", all.get(0).event().id());
    assertEquals("Model checkpoint exfiltration", all.get(0).open(Names.REASON_CODE));
    assertEquals(
        "2026-03-02T14:00:02.123456789Z/node-1/43/Terminal shell in container",
        all.get(1).event().id());
  }

  @Test
  void ocsf() throws Exception {
    assertEquals(
        """
        key.use | key.use.decrypt | success | statements | key aws:eu-central-1 corroborated | processing aws:eu-central-1 claimed
        data.access | data.read | success | user (private) | processing aws:eu-central-1 claimed | storage aws:eu-central-1 claimed
        key.lifecycle | key.lifecycle.disable | success | user (private) | key aws:eu-central-1 + aws:us-east-1 contradicted | processing aws:eu-central-1 claimed
        inference | inference | success | user (private) | processing aws:eu-central-1 claimed
        incident | incident.finding | failure | user (private) | processing aws:eu-central-1 claimed
        other | other.ocsf.6003 | denied | user (private) | processing aws:eu-central-1 claimed
        """,
        told("ocsf.ndjson"));
    Mapped decrypt = read("ocsf.ndjson").get(0);
    assertEquals("ocsf-1", decrypt.event().id());
    assertEquals(1_772_460_900_001_000_000L, decrypt.event().time());
  }

  /** Their names and addresses are in the records, and only there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cloudtrail.json",
        "cloudtrail-transfers.json",
        "gcp.ndjson",
        "azure-keyvault.json",
        "vault.ndjson",
        "opa.json",
        "kubernetes.json",
        "falco.ndjson",
        "ocsf.ndjson",
        "azure-activity.json",
        "entra-sign-in.json",
        "okta.ndjson",
        "in-toto.ndjson",
        "sarif.json",
        "checkov.json",
        "openlineage.ndjson",
        "envoy.ndjson",
        "s3-access.log"
      })
  void noPersonStandsInAnEntryAndNothingIsLost(String file) throws Exception {
    String whole = Files.readString(EXAMPLES.resolve(file)).replaceAll("\\s", "");
    for (Mapped one : read(file)) {
      for (String secret : List.of("anna", "198.51.100.", "@example.com")) {
        assertFalse(one.entry().contains(secret), secret + " stands in " + one.entry());
      }
      String original = one.hidden(Names.SOURCE_RECORD).replaceAll("\\s", "");
      assertTrue(original.length() > 100 && whole.contains(original), "not kept: " + original);
    }
  }
}
