package dev.cadastre.ingest.foreign.aws;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Arns;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.Mapping;
import dev.cadastre.ingest.foreign.format.ObjectNames;
import dev.cadastre.ingest.foreign.format.OperationNames;
import java.util.Map;
import java.util.Optional;

/**
 * Snapshots and images that were copied. The call is made where the copy is put, so its {@code
 * awsRegion} is the backup's place; the request says where the original lies.
 */
final class AwsCopies {
  /** The member of the request that names the original. */
  private static final Map<String, String> ORIGINALS =
      Map.of(
          "ec2:CopySnapshot", "sourceSnapshotId",
          "ec2:CopyImage", "sourceImageId",
          "rds:CopyDBSnapshot", "sourceDBSnapshotIdentifier",
          "rds:CopyDBClusterSnapshot", "sourceDBClusterSnapshotIdentifier");

  private AwsCopies() {}

  /**
   * @param action the service and the operation, such as {@code ec2:CopyImage}
   */
  static boolean isCopy(String action) {
    return ORIGINALS.containsKey(action);
  }

  static void map(String action, Fields event, Mapping to) {
    Fields request = event.in("requestParameters");
    Optional<String> original = request.text(ORIGINALS.getOrDefault(action, ""));
    int colon = action.indexOf(':');
    to.event(
        "backup."
            + action.substring(0, colon)
            + "."
            + OperationNames.snake(action.substring(colon + 1)));
    to.target(Optional.empty(), original);
    to.put(Names.DATA_OPERATION, "copy");
    to.put(Names.DATA_OBJECT_ID, original.map(ObjectNames::open));
    to.put(
        Names.LOCATION_STORAGE,
        Fields.first(
            request.text("sourceRegion"),
            original.flatMap(Arns::region),
            // Without another place it is a copy beside the original.
            event.text("awsRegion")));
    to.put(Names.LOCATION_BACKUP, event.text("awsRegion"));
  }
}
