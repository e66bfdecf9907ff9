package dev.cadastre.ingest.foreign.aws;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Arns;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.Mapping;
import dev.cadastre.ingest.foreign.format.ObjectNames;
import dev.cadastre.ingest.foreign.format.OperationNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Calls after which data are in one place more, or in more hands: copies, replicas, exports and
 * shares. AWS counts them among management events. A request names the places that they go to, or,
 * where it names none, it was made there.
 */
final class AwsTransfers {
  private enum Sort {
    /** A backup: at the place of the call, or where the request says. */
    COPY("backup"),
    /** A store that goes on taking what its original takes. */
    REPLICA("replica"),
    /** To a bucket in the region of the call. */
    EXPORT("data"),
    /** Other accounts may take a copy. */
    SHARE("data");

    private final String event;

    Sort(String event) {
      this.event = event;
    }
  }

  /**
   * @param original member of the request that names what it goes on from
   * @param to members of the request, separated by dots, with regions or ARNs that it goes to, or
   *     accounts that it is shared with; empty if that is the region of the call
   */
  private record Way(Sort sort, String original, String to) {}

  private static final Map<String, Way> WAYS =
      Map.ofEntries(
          copy("ec2:CreateSnapshot", "volumeId"),
          copy("ec2:CreateImage", "instanceId"),
          copy("ec2:CopySnapshot", "sourceSnapshotId"),
          copy("ec2:CopyImage", "sourceImageId"),
          copy("rds:CreateDBSnapshot", "dBInstanceIdentifier"),
          copy("rds:CreateDBClusterSnapshot", "dBClusterIdentifier"),
          copy("rds:CopyDBSnapshot", "sourceDBSnapshotIdentifier"),
          copy("rds:CopyDBClusterSnapshot", "sourceDBClusterSnapshotIdentifier"),
          copy("rds:StartDBInstanceAutomatedBackupsReplication", "sourceDBInstanceArn"),
          copy("dynamodb:CreateBackup", "tableName"),
          copy("fsx:CopyBackup", "sourceBackupId"),
          copy("backup:StartBackupJob", "resourceArn"),
          way(Sort.COPY, "backup:StartCopyJob", "recoveryPointArn", "destinationBackupVaultArn"),
          way(
              Sort.COPY,
              "backup:CopyJobCompleted",
              "sourceRecoveryPointArn",
              "destinationBackupVaultArn"),
          plan("backup:CreateBackupPlan"),
          plan("backup:UpdateBackupPlan"),
          way(Sort.COPY, "redshift:EnableSnapshotCopy", "clusterIdentifier", "destinationRegion"),
          replica("rds:CreateDBInstanceReadReplica", "sourceDBInstanceIdentifier", ""),
          replica("rds:CreateDBCluster", "replicationSourceIdentifier", ""),
          replica("dynamodb:UpdateTable", "tableName", "replicaUpdates.create.regionName"),
          replica("dynamodb:CreateGlobalTable", "globalTableName", "replicationGroup.regionName"),
          replica(
              "dynamodb:UpdateGlobalTable", "globalTableName", "replicaUpdates.create.regionName"),
          replica(
              "secretsmanager:ReplicateSecretToRegions", "secretId", "addReplicaRegions.region"),
          replica("secretsmanager:CreateSecret", "name", "addReplicaRegions.region"),
          replica(
              "elasticfilesystem:CreateReplicationConfiguration",
              "sourceFileSystemId",
              "destinations.region"),
          replica(
              "ecr:PutReplicationConfiguration",
              "registryId",
              "replicationConfiguration.rules.destinations.region"),
          replica("logs:PutSubscriptionFilter", "logGroupName", "destinationArn"),
          way(Sort.EXPORT, "rds:StartExportTask", "sourceArn", ""),
          way(Sort.EXPORT, "dynamodb:ExportTableToPointInTime", "tableArn", ""),
          way(Sort.EXPORT, "ec2:ExportImage", "imageId", ""),
          way(Sort.EXPORT, "ec2:CreateInstanceExportTask", "instanceId", ""),
          way(Sort.EXPORT, "ec2:CreateStoreImageTask", "imageId", ""),
          way(Sort.EXPORT, "logs:CreateExportTask", "logGroupName", ""),
          share("ec2:ModifySnapshotAttribute", "snapshotId", "createVolumePermission.add"),
          share("ec2:ModifyImageAttribute", "imageId", "launchPermission.add"),
          share("rds:ModifyDBSnapshotAttribute", "dBSnapshotIdentifier", "valuesToAdd"),
          share(
              "rds:ModifyDBClusterSnapshotAttribute", "dBClusterSnapshotIdentifier", "valuesToAdd"),
          share(
              "redshift:AuthorizeSnapshotAccess",
              "snapshotIdentifier",
              "accountWithRestoreAccess"));

  /** Where a request names the bucket that an export goes to. */
  private static final List<String> BUCKETS =
      List.of(
          "s3BucketName",
          "s3Bucket",
          "s3ExportLocation.s3Bucket",
          "exportToS3.s3Bucket",
          "bucket",
          "destination");

  private AwsTransfers() {}

  private static Map.Entry<String, Way> way(Sort sort, String action, String original, String to) {
    return Map.entry(action, new Way(sort, original, to));
  }

  private static Map.Entry<String, Way> copy(String action, String original) {
    return way(Sort.COPY, action, original, "");
  }

  private static Map.Entry<String, Way> plan(String action) {
    String to = "backupPlan.rules.copyActions.destinationBackupVaultArn";
    return way(Sort.COPY, action, "backupPlanId", to);
  }

  private static Map.Entry<String, Way> replica(String action, String original, String to) {
    return way(Sort.REPLICA, action, original, to);
  }

  private static Map.Entry<String, Way> share(String action, String original, String to) {
    return way(Sort.SHARE, action, original, to);
  }

  /**
   * Whether data go anywhere by it. Some calls move data only if they say so: a table is also
   * updated, and a share taken back, by the same call.
   *
   * @param action the service and the operation, such as {@code ec2:CopyImage}
   */
  static boolean isTransfer(String action, Fields event) {
    Way way = WAYS.get(action);
    if (way == null) {
      return false;
    }
    return way.to().isEmpty()
        ? way.sort() != Sort.REPLICA || !texts(event, way.original()).isEmpty()
        : !texts(event, way.to()).isEmpty();
  }

  static void map(String action, Fields event, Mapping to) {
    Optional.ofNullable(WAYS.get(action)).ifPresent(way -> map(way, action, event, to));
  }

  private static void map(Way way, String action, Fields event, Mapping to) {
    Optional<String> original = texts(event, way.original()).stream().findFirst();
    Optional<String> here = event.text("awsRegion");
    List<String> reached = texts(event, way.to());
    to.event(name(way.sort(), action));
    to.target(Optional.empty(), original);
    to.put(Names.DATA_OBJECT_ID, original.map(ObjectNames::open));
    to.put(Names.DATA_OPERATION, way.sort().name().toLowerCase(Locale.ROOT));
    List<String> places =
        reached.isEmpty()
            ? here.stream().toList()
            : reached.stream().map(AwsTransfers::region).toList();
    switch (way.sort()) {
      case COPY -> {
        to.put(Names.LOCATION_STORAGE, source(original, event).or(() -> here));
        to.putAll(Names.LOCATION_BACKUP, places);
      }
      case REPLICA -> to.putAll(Names.LOCATION_STORAGE, places);
      case EXPORT -> {
        to.put(Names.LOCATION_STORAGE, here);
        to.put("aws.s3.bucket", bucket(event));
      }
      case SHARE -> {
        to.put(Names.LOCATION_STORAGE, here);
        to.putAll("aws.shared_with", reached);
      }
    }
    key(event, to);
  }

  /** {@code backup.ec2.copy_image}, or {@code data.export}. */
  private static String name(Sort sort, String action) {
    int colon = action.indexOf(':');
    return sort.event.equals("data")
        ? "data." + sort.name().toLowerCase(Locale.ROOT)
        : sort.event
            + "."
            + action.substring(0, colon)
            + "."
            + OperationNames.snake(action.substring(colon + 1));
  }

  /** The region that the original lies in, where the request says so. */
  private static Optional<String> source(Optional<String> original, Fields event) {
    return texts(event, "sourceRegion").stream()
        .findFirst()
        .or(() -> original.flatMap(Arns::region));
  }

  /** The region of an ARN, or what is one itself. */
  private static String region(String place) {
    return Arns.region(place).orElse(place);
  }

  private static Optional<String> bucket(Fields event) {
    return BUCKETS.stream().flatMap(name -> texts(event, name).stream()).findFirst();
  }

  /** The key that what arrives is encrypted with. */
  private static void key(Fields event, Mapping to) {
    to.put(
        Names.KEY_ID,
        texts(event, "kmsKeyId").stream().filter(key -> key.startsWith("arn:")).findFirst());
  }

  /** Of the request, or of what the service did by itself. */
  private static List<String> texts(Fields event, String path) {
    if (path.isEmpty()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (String where : List.of("requestParameters", "serviceEventDetails")) {
      texts.addAll(
          event.allTexts(
              Stream.concat(Stream.of(where), Stream.of(path.split("\\.", -1)))
                  .toArray(String[]::new)));
    }
    return texts;
  }
}
