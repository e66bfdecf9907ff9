package dev.cadastre.ingest.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.record.Mapped;
import dev.cadastre.ingest.request.Undecodable;
import org.junit.jupiter.api.Test;

/** What other clouds' and key stores' records of data and of what gives out keys come to. */
class ForeignDataTest {
  private static final String NO_TYPE = "";

  /**
   * A record of a data access log.
   *
   * @param permission none if it is empty
   * @param type what the permission is for; not said if it is empty
   */
  private static Mapped gcp(String service, String method, String permission, String type)
      throws Undecodable {
    String typed = type.isEmpty() ? "" : ",\"permissionType\":\"" + type + "\"";
    String info = "{\"permission\":\"" + permission + "\",\"granted\":true" + typed + "}";
    return Mapped.body(
        """
        {"insertId":"x","timestamp":"2026-01-01T00:00:00Z","logName":"projects/p/logs/cloudaudit.googleapis.com%2Fdata_access",
         "resource":{"type":"t","labels":{"location":"europe-west3"}},
         "protoPayload":{"@type":"type.googleapis.com/google.cloud.audit.AuditLog","serviceName":"SERVICE","methodName":"METHOD",
          "resourceName":"projects/p/things/t","authorizationInfo":[INFO]}}
        """
            .replace("SERVICE", service)
            .replace("METHOD", method)
            .replace("INFO", permission.isEmpty() ? "" : info));
  }

  /** The event's name of a record that does not say what its permission is for. */
  private static String untyped(String service, String method, String permission)
      throws Undecodable {
    return gcp(service + ".googleapis.com", method, permission, NO_TYPE).event().name();
  }

  private static String typed(String service, String method, String permission) throws Undecodable {
    return gcp(service + ".googleapis.com", method, permission, "DATA_READ").event().name();
  }

  @Test
  void theLogDecidesWhereThePermissionDoesNotSay() throws Exception {
    String access = "google.cloud.secretmanager.v1.SecretManagerService.AccessSecretVersion";
    Mapped secret =
        gcp("secretmanager.googleapis.com", access, "secretmanager.versions.access", NO_TYPE);
    assertEquals(Kind.DATA_ACCESS, secret.event().kind());
    assertEquals("read", secret.open(Names.DATA_OPERATION));
    assertEquals("projects/p/things/t", secret.open(Names.DATA_OBJECT_ID));
    assertEquals("gcp:europe-west3 claimed", secret.at(Hop.STORAGE));
    String spanner = "google.spanner.v1.Spanner.";
    String select = "spanner.databases.select";
    assertEquals("data.read", untyped("spanner", spanner + "ExecuteSql", select));
    assertEquals("data.read", untyped("spanner", spanner + "ExecuteStreamingSql", select));
    assertEquals("data.read", untyped("spanner", spanner + "StreamingRead", select));
    assertEquals("data.read", untyped("spanner", spanner + "ExecuteSql", ""));
    assertEquals(
        "data.write", untyped("spanner", spanner + "ExecuteSql", "spanner.databases.write"));
    String firestore = "google.firestore.v1.Firestore.RunQuery";
    assertEquals("data.read", untyped("firestore", firestore, "datastore.entities.list"));
    String pull = "google.pubsub.v1.Subscriber.Pull";
    assertEquals("data.read", untyped("pubsub", pull, "pubsub.subscriptions.consume"));
    String insert = "google.cloud.bigquery.v2.JobService.InsertJob";
    assertEquals("data.read", untyped("bigquery", insert, "bigquery.tables.getData"));
    assertEquals("data.write", untyped("bigquery", insert, "bigquery.jobs.create"));
    assertEquals("other.storage.googleapis.com.get", untyped("storage", "storage.buckets.get", ""));
  }

  @Test
  void aPermissionThatIsForReadingSaysThatItWasRead() throws Exception {
    String getData = "bigquery.tables.getData";
    String insert = "google.cloud.bigquery.v2.JobService.InsertJob";
    assertEquals("data.read", typed("bigquery", insert, getData));
    assertEquals("data.read", typed("bigquery", "jobservice.jobcompleted", getData));
    assertEquals(
        "data.read", typed("spanner", "google.spanner.v1.Spanner.ExecuteSql", "spanner.x.y"));
    Mapped write =
        gcp("spanner.googleapis.com", "google.spanner.v1.Spanner.ExecuteSql", "x", "DATA_WRITE");
    assertEquals("data.write", write.event().name());
    Mapped admin = gcp("compute.googleapis.com", "v1.compute.instances.list", "x", "ADMIN_READ");
    assertEquals(Kind.OTHER, admin.event().kind(), "it stands in the same log");
    String list = "v1.compute.instances.list";
    assertEquals("other.compute.googleapis.com.list", untyped("compute", list, list));
  }

  @Test
  void secretsOfAClusterOfGkeAreData() throws Exception {
    for (String verb : new String[] {"get", "list", "watch"}) {
      String method = "io.k8s.core.v1.secrets." + verb;
      assertEquals("data.read", gcp("k8s.io", method, method, NO_TYPE).event().name());
    }
    String delete = "io.k8s.core.v1.secrets.delete";
    assertEquals("data.delete", gcp("k8s.io", delete, delete, NO_TYPE).event().name());
    String pods = "io.k8s.core.v1.pods.list";
    assertEquals("other.k8s.io.list", gcp("k8s.io", pods, pods, NO_TYPE).event().name());
  }

  @Test
  void googlesBindingsTellWhoseAccessToAKeyIsGone() throws Exception {
    String delta = "{'action':'%a','role':'roles/cloudkms.%r','member':'%m'}";
    Mapped policy =
        Mapped.body(
            ("{'logName':'projects/p/logs/cloudaudit.googleapis.com%2Factivity','insertId':'i',"
                    + "'timestamp':'2026-01-01T00:00:00Z','resource':{'type':'cloudkms_cryptokey',"
                    + "'labels':{'location':'europe-west3'}},'protoPayload':{"
                    + "'@type':'type.googleapis.com/google.cloud.audit.AuditLog',"
                    + "'serviceName':'cloudkms.googleapis.com','methodName':'SetIamPolicy',"
                    + "'resourceName':'projects/p/locations/europe-west3/keyRings/r/cryptoKeys/k',"
                    + "'serviceData':{'policyDelta':{'bindingDeltas':["
                    + binding(
                        delta, "REMOVE", "cryptoKeyDecrypter", "serviceAccount:gone@p.example")
                    + ","
                    + binding(delta, "REMOVE", "viewer", "serviceAccount:looker@p.example")
                    + ","
                    + binding(
                        delta, "REMOVE", "cryptoKeyDecrypter", "serviceAccount:more@p.example")
                    + ","
                    + binding(delta, "ADD", "cryptoOperator", "serviceAccount:more@p.example")
                    + ","
                    + binding(delta, "REMOVE", "cryptoKeyDecrypter", "user:anna@p.example")
                    + "]}}}}")
                .replace('\'', '"'));
    assertEquals("key.lifecycle.put_policy", policy.event().name());
    assertEquals("gone@p.example", policy.open(Names.KEY_WITHDRAWN_FROM));
    assertEquals("more@p.example", policy.open(Names.KEY_GRANTED_TO));
  }

  private static String binding(String delta, String action, String role, String member) {
    return delta.replace("%a", action).replace("%r", role).replace("%m", member);
  }

  @Test
  void aManagedHsmSaysBesideThePropertiesWhatWasAskedFor() throws Exception {
    String record =
        """
        {"time":"2026-01-01T00:00:00Z","resourceId":"/SUBSCRIPTIONS/A/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.KEYVAULT/MANAGEDHSMS/CONTOSOMHSM",
         "operationName":"NAME","category":"AuditEvent","resultType":"Success","properties":{"PoolType":"M-HSM"},"correlationId":"c",
         "httpStatusCode":403,"requestUri":"https://contosomhsm.managedhsm.azure.net/keys/hsmkey/PATH?api-version=7.4"}
        """;
    String key = "https://contosomhsm.managedhsm.azure.net/keys/hsmkey";
    Mapped create = Mapped.body(record.replace("NAME", "KeyCreate").replace("PATH", "create"));
    assertEquals("key.lifecycle.create", create.event().name());
    assertEquals(key, create.open(Names.KEY_ID));
    assertEquals("denied", create.open(Names.AUDIT_OUTCOME));
    assertEquals("2026-01-01T00:00:00Z/KeyCreate/c/" + key + "/create", create.event().id());
    String asked = record.replace("NAME", "KeyDecrypt").replace("PATH", "decrypt");
    Mapped withoutToken = Mapped.body(asked.replace("403", "401"));
    assertEquals("failure", withoutToken.open(Names.AUDIT_OUTCOME), "it only asks for a token");
    String version = "0123456789abcdef0123456789abcdef";
    Mapped use =
        Mapped.body(record.replace("NAME", "KeyDecrypt").replace("PATH", version + "/decrypt"));
    assertEquals("key.use.decrypt", use.event().name());
    assertEquals(key, use.open(Names.KEY_ID));
    assertEquals(version, use.open(Names.KEY_VERSION));
  }

  private static Mapped vault(String type, String path, String operation) throws Undecodable {
    return Mapped.body(
        """
        {"time":"2026-01-01T00:00:00Z","type":"response","auth":{},
         "request":{"id":"x","operation":"OPERATION","mount_type":"TYPE","path":"PATH"}}
        """
            .replace("OPERATION", operation)
            .replace("TYPE", type)
            .replace("PATH", path));
  }

  @Test
  void aBackupOfAKeyOfVaultIsAnActOfItsLife() throws Exception {
    Mapped backup = vault("transit", "transit/backup/statements", "read");
    assertEquals(Kind.KEY_LIFECYCLE, backup.event().kind());
    assertEquals("backup", backup.open(Names.KEY_OPERATION));
    assertEquals("transit/keys/statements", backup.open(Names.KEY_ID));
    assertEquals(
        "key.lifecycle.restore", vault("transit", "transit/restore/k", "update").event().name());
    assertEquals(
        "other.vault.transit.keys", vault("transit", "transit/keys/k", "read").event().name());
  }

  @Test
  void secretsOfVaultAreDeletedInSeveralWays() throws Exception {
    assertEquals("data.delete", vault("kv", "secret/destroy/db", "update").event().name());
    assertEquals("data.delete", vault("kv", "secret/delete/db", "update").event().name());
    assertEquals("data.delete", vault("kv", "secret/metadata/db", "delete").event().name());
    assertEquals("data.delete", vault("kv", "secret/data/db", "delete").event().name());
    assertEquals("data.write", vault("kv", "secret/undelete/db", "update").event().name());
    assertEquals("data.write", vault("kv", "secret/data/delete/db", "update").event().name());
    assertEquals("data.read", vault("kv", "secret/data/db", "read").event().name());
  }
}
