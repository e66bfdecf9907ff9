package dev.cadastre.ingest.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.record.Mapped;
import dev.cadastre.ingest.request.Undecodable;
import dev.cadastre.proof.detect.Alert;
import dev.cadastre.proof.detect.Detectors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What CloudTrail records of data, secrets, copies and replicas come to. */
class CloudTrailDataTest {
  private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/mrk-1";

  /**
   * A record.
   *
   * @param action such as {@code s3:GetObject}
   * @param more its other members, each with a comma before it
   */
  private static Mapped map(String action, String region, String more) throws Undecodable {
    String[] names = action.split(":");
    return Mapped.body(
        """
        {"eventVersion":"1.08","userIdentity":{"type":"AWSService"},"eventTime":"2026-01-01T00:00:00Z","eventID":"x",
         "eventSource":"SERVICE.amazonaws.com","eventName":"NAME","awsRegion":"REGION"MORE}
        """
            .replace("SERVICE", names[0])
            .replace("NAME", names[1])
            .replace("REGION", region)
            .replace("MORE", more));
  }

  private static String operation(String action, String readOnly) throws Undecodable {
    String said = readOnly.isEmpty() ? "" : ",\"readOnly\":" + readOnly;
    Mapped mapped = map(action, "eu-central-1", ",\"managementEvent\":false" + said);
    assertEquals(Kind.DATA_ACCESS, mapped.event().kind(), action);
    return mapped.open(Names.DATA_OPERATION);
  }

  @Test
  void theRecordSaysWhetherItOnlyReads() throws Exception {
    assertEquals("write", operation("dynamodb:BatchWriteItem", "false"));
    assertEquals("write", operation("dynamodb:BatchWriteItem", ""));
    assertEquals("read", operation("dynamodb:BatchGetItem", "true"));
    assertEquals("read", operation("dynamodb:TransactGetItems", "true"));
    assertEquals("read", operation("dynamodb:TransactGetItems", ""));
    assertEquals("write", operation("dynamodb:TransactWriteItems", "false"));
    assertEquals("read", operation("dynamodb:ExecuteStatement", "true"));
    assertEquals("write", operation("dynamodb:ExecuteStatement", "false"));
    assertEquals("read", operation("sqs:ReceiveMessage", "true"));
    assertEquals("write", operation("lambda:Invoke", "false"));
    assertEquals("list", operation("s3:ListObjects", "true"));
    assertEquals("delete", operation("s3:DeleteObjects", "false"));
    assertEquals("copy", operation("s3:CopyObject", "false"));
  }

  @Test
  void theValuesOfSecretsAreData() throws Exception {
    String id = "arn:aws:secretsmanager:us-east-1:111122223333:secret:db";
    Mapped read =
        map(
            "secretsmanager:GetSecretValue",
            "us-east-1",
            ",\"readOnly\":true,\"managementEvent\":true,\"requestParameters\":{\"secretId\":\"ID\"}"
                .replace("ID", id));
    assertEquals(Kind.DATA_ACCESS, read.event().kind());
    assertEquals("data.read", read.event().name());
    assertEquals(id, read.open(Names.DATA_OBJECT_ID));
    assertEquals(id, read.open(Names.AUDIT_TARGET_ID));
    assertEquals("AWS::SecretsManager::Secret", read.open(Names.AUDIT_TARGET_TYPE));
    assertEquals("aws:us-east-1 claimed", read.at(Hop.STORAGE));
    secret("secretsmanager:BatchGetSecretValue", "{\"secretIdList\":[\"a\",\"b\"]}", "read a,b");
    secret("secretsmanager:CreateSecret", "{\"name\":\"db\"}", "write db");
    secret("secretsmanager:PutSecretValue", "{\"secretId\":\"db\"}", "write db");
    secret("secretsmanager:UpdateSecret", "{\"secretId\":\"db\"}", "write db");
    secret("secretsmanager:DeleteSecret", "{\"secretId\":\"db\"}", "delete db");
    secret("ssm:GetParameter", "{\"name\":\"/prod/db\"}", "read /prod/db");
    secret("ssm:GetParameters", "{\"names\":[\"/a\",\"/b\"]}", "read /a,/b");
    secret("ssm:GetParametersByPath", "{\"path\":\"/prod\"}", "read /prod");
    secret("ssm:GetParameterHistory", "{\"name\":\"/prod/db\"}", "read /prod/db");
    secret("ssm:PutParameter", "{\"name\":\"/prod/db\"}", "write /prod/db");
    secret("ssm:DeleteParameters", "{\"names\":[\"/a\"]}", "delete /a");
    for (String other : new String[] {"secretsmanager:DescribeSecret", "ssm:SendCommand"}) {
      assertEquals(Kind.OTHER, map(other, "eu-central-1", "").event().kind(), other);
    }
  }

  private static void secret(String action, String request, String told) throws Undecodable {
    Mapped mapped = map(action, "eu-central-1", ",\"requestParameters\":" + request);
    assertEquals(Kind.DATA_ACCESS, mapped.event().kind(), action);
    assertEquals(
        told, mapped.open(Names.DATA_OPERATION) + " " + mapped.open(Names.DATA_OBJECT_ID), action);
    assertEquals("aws:eu-central-1 claimed", mapped.at(Hop.STORAGE), action);
  }

  @Test
  void recordsThatDoNotSayWhatTheyAreAreToldByTheirName() throws Exception {
    bucket("s3:PutBucketPolicy", "lifecycle.s3.put_bucket_policy");
    bucket("s3:PutBucketAcl", "lifecycle.s3.put_bucket_acl");
    bucket("s3:PutBucketVersioning", "lifecycle.s3.put_bucket_versioning");
    bucket("s3:DeleteBucket", "lifecycle.s3.delete_bucket");
    bucket("s3:CreateBucket", "lifecycle.s3.create_bucket");
    bucket("s3:GetBucketAcl", "other.s3.GetBucketAcl");
    bucket("s3:GetBucketPolicy", "other.s3.GetBucketPolicy");
    bucket("s3:ListBuckets", "other.s3.ListBuckets");
    bucket("s3:GetObject", "data.read");
    bucket("s3:PutObject", "data.write");
    bucket("s3:DeleteObjects", "data.delete");
    bucket("s3:ListObjects", "data.list");
    bucket("s3:CompleteMultipartUpload", "data.write");
  }

  private static void bucket(String action, String told) throws Undecodable {
    String request = ",\"requestParameters\":{\"bucketName\":\"b\"}";
    assertEquals(told, map(action, "eu-central-1", request).event().name());
  }

  @Test
  void aBucketsListIsDataIfTheRecordSaysSo() throws Exception {
    assertEquals("list", operation("s3:ListBucket", "true"));
    assertEquals(
        "other.s3.GetBucketAcl",
        map("s3:GetBucketAcl", "eu-central-1", ",\"eventCategory\":\"Management\"").event().name());
  }

  @Test
  void aReplicaOfAKeyIsWhereTheKeyGoes() throws Exception {
    String request =
        ",\"requestParameters\":{\"keyId\":\"KEY\",\"replicaRegion\":\"us-east-1\"}"
            .replace("KEY", KEY);
    Mapped mapped = map("kms:ReplicateKey", "eu-central-1", request);
    assertEquals("key.lifecycle.replicate", mapped.event().name());
    assertEquals("aws:us-east-1 corroborated", mapped.at(Hop.KEY));
    assertEquals("aws:eu-central-1 claimed", mapped.at(Hop.PROCESSING));
    assertEquals(KEY.replace("eu-central-1", "us-east-1"), mapped.open(Names.KEY_ID));
    assertEquals(KEY, mapped.open(Names.AUDIT_TARGET_ID), "the key that was replicated");
    Mapped byId = map("kms:ReplicateKey", "eu-central-1", request.replace(KEY, "mrk-1"));
    assertEquals("aws:us-east-1 claimed", byId.at(Hop.KEY));
    assertEquals("mrk-1", byId.open(Names.KEY_ID));
  }

  @Test
  void aCopyIsABackupAtThePlaceOfTheCall() throws Exception {
    copy(
        "ec2:CopySnapshot",
        "{\"sourceRegion\":\"eu-central-1\",\"sourceSnapshotId\":\"snap-1\"}",
        "backup.ec2.copy_snapshot snap-1");
    copy(
        "ec2:CopyImage",
        "{\"sourceRegion\":\"eu-central-1\",\"sourceImageId\":\"ami-1\"}",
        "backup.ec2.copy_image ami-1");
    String snapshot = "arn:aws:rds:eu-central-1:111122223333:snapshot:s";
    copy(
        "rds:CopyDBSnapshot",
        "{\"sourceDBSnapshotIdentifier\":\"S\"}".replace("S\"}", snapshot + "\"}"),
        "backup.rds.copy_db_snapshot " + snapshot);
    copy(
        "rds:CopyDBClusterSnapshot",
        "{\"sourceRegion\":\"eu-central-1\",\"sourceDBClusterSnapshotIdentifier\":\"c\"}",
        "backup.rds.copy_db_cluster_snapshot c");
  }

  private static void copy(String action, String request, String told) throws Undecodable {
    Mapped mapped = map(action, "us-east-1", ",\"requestParameters\":" + request);
    assertEquals(Kind.LIFECYCLE, mapped.event().kind(), action);
    assertEquals(told, mapped.event().name() + " " + mapped.open(Names.DATA_OBJECT_ID));
    assertEquals("copy", mapped.open(Names.DATA_OPERATION));
    assertEquals("aws:us-east-1 claimed", mapped.at(Hop.BACKUP), action);
    assertEquals("aws:eu-central-1 claimed", mapped.at(Hop.STORAGE), action);
  }

  @Test
  void aCopyWithoutAnotherPlaceStaysWhereItsOriginalIs() throws Exception {
    Mapped mapped =
        map(
            "rds:CopyDBSnapshot",
            "eu-west-1",
            ",\"requestParameters\":{\"sourceDBSnapshotIdentifier\":\"s\"}");
    assertEquals("aws:eu-west-1 claimed", mapped.at(Hop.BACKUP));
    assertEquals("aws:eu-west-1 claimed", mapped.at(Hop.STORAGE));
  }

  @Test
  void whatGoesAbroadIsFound() throws Exception {
    Mapped replica =
        map(
            "kms:ReplicateKey",
            "eu-central-1",
            ",\"requestParameters\":{\"keyId\":\"mrk-1\",\"replicaRegion\":\"us-east-1\"}");
    assertEquals("keys.place", broken(replica));
    Mapped copy =
        map(
            "ec2:CopySnapshot",
            "us-east-1",
            ",\"requestParameters\":{\"sourceRegion\":\"eu-central-1\",\"sourceSnapshotId\":\"snap-1\"}");
    assertEquals("*.backup *.processing", broken(copy));
    List<Alert> alerts = new Detectors(Registry.standard()).add(0, 0, copy.event());
    assertTrue(
        alerts.stream().anyMatch(alert -> alert.kind() == Alert.Kind.BACKUP_ABROAD),
        alerts::toString);
  }

  /** Which rules of a policy that keeps all in the EU it violates. */
  private static String broken(Mapped mapped) throws Exception {
    String policy =
        """
        {"version":1,"tenant":"acme","categories":{"*":{"default":{"allow":["EU"]}}},"keys":{"allow":["EU"]}}
        """;
    Json.Obj json = Json.parseObject(policy.getBytes(StandardCharsets.UTF_8));
    return Judge.judge(mapped.event(), Policy.fromJson(json), Registry.standard(), 0, 0)
        .findings()
        .stream()
        .filter(finding -> finding.outcome() == Outcome.VIOLATION)
        .map(Finding::rule)
        .collect(Collectors.joining(" "));
  }
}
