package dev.cadastre.ingest.foreign.aws;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.Mapping;
import dev.cadastre.ingest.foreign.format.ObjectNames;
import dev.cadastre.ingest.foreign.format.OperationNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a CloudTrail record did to data: S3, other services' data events, and models. */
final class AwsData {
  private static final Set<String> INFERENCES =
      Set.of(
          "InvokeModel",
          "InvokeModelWithResponseStream",
          "InvokeModelWithBidirectionalStream",
          "Converse",
          "ConverseStream",
          "StartAsyncInvoke");

  /** What S3 has operations on besides objects. */
  private static final List<String> NOT_OBJECTS =
      List.of("Bucket", "AccessPoint", "PublicAccessBlock");

  private static final Set<String> READS = Set.of("read", "list");

  private AwsData() {}

  static boolean isInference(Fields event) {
    return event.text("eventName").filter(INFERENCES::contains).isPresent();
  }

  static void inference(Fields event, Mapping to) {
    to.event("inference.invoke");
    to.put(Names.GEN_AI_OPERATION, "chat");
    to.put("gen_ai.provider.name", "aws.bedrock");
    to.putAll("gen_ai.request.model", event.allTexts("requestParameters", "modelId"));
    Optional<String> called = event.text("awsRegion");
    List<String> ran = event.allTexts("additionalEventData", "inferenceRegion");
    to.put(Names.INFERENCE_REGION_REQUESTED, called);
    // A cross-region inference profile answers from wherever there is room.
    to.putAll(Names.INFERENCE_REGION_ACTUAL, ran);
    if (!ran.isEmpty() && !ran.equals(called.stream().toList())) {
      to.put(Names.LOCATION_GATEWAY, called);
    }
  }

  static void map(String service, Fields event, Mapping to) {
    String name = event.text("eventName").orElse("");
    Optional<String> object = object(service, event);
    first(event).ifPresent(resource -> to.target(resource.text("type"), resource.text("ARN")));
    if (!isManagement(service, event)) {
      to.data(operation(event), object);
      to.put(Names.LOCATION_STORAGE, event.text("awsRegion"));
    } else if (reads(event)) {
      to.other(service + "." + name);
    } else {
      // A bucket made, emptied by rule, opened or replicated.
      to.event("lifecycle." + service + "." + OperationNames.snake(name));
      to.put(Names.DATA_OBJECT_ID, object.map(ObjectNames::open));
      to.put(Names.LOCATION_STORAGE, event.text("awsRegion"));
    }
    serverSideKey(event, to);
  }

  /** Older records of S3 do not say what they are, and then the name tells. */
  private static boolean isManagement(String service, Fields event) {
    Optional<String> category = event.text("eventCategory");
    Optional<String> management = event.text("managementEvent");
    if (category.isEmpty() && management.isEmpty()) {
      return service.equals("s3")
          && NOT_OBJECTS.stream().anyMatch(event.text("eventName").orElse("")::contains);
    }
    return category.filter("Management"::equals).isPresent() || event.isTrue("managementEvent");
  }

  /** What the record says of itself, or else its name. */
  private static boolean reads(Fields event) {
    String named = OperationNames.dataOperation(event.text("eventName").orElse(""));
    return event.text("readOnly").isPresent() ? event.isTrue("readOnly") : READS.contains(named);
  }

  /** What the name says, unless the record says of itself that it only reads, or does not. */
  private static String operation(Fields event) {
    String named = OperationNames.dataOperation(event.text("eventName").orElse(""));
    if (reads(event)) {
      return named.equals("write") ? "read" : named;
    }
    return READS.contains(named) ? "write" : named;
  }

  /** The key that S3 encrypted with. */
  private static void serverSideKey(Fields event, Mapping to) {
    to.put(
        Names.KEY_ID,
        Fields.first(
                event.text("responseElements", "x-amz-server-side-encryption-aws-kms-key-id"),
                event.text("requestParameters", "x-amz-server-side-encryption-aws-kms-key-id"))
            .filter(key -> key.startsWith("arn:")));
  }

  private static Optional<String> object(String service, Fields event) {
    if (!service.equals("s3")) {
      return first(event).flatMap(resource -> resource.text("ARN"));
    }
    Fields request = event.in("requestParameters");
    Optional<String> bucket = request.text("bucketName").map(name -> "arn:aws:s3:::" + name);
    return Fields.first(
        bucket.flatMap(arn -> request.text("key").map(key -> arn + "/" + key)),
        event.objects("resources").stream()
            .flatMap(resource -> resource.text("ARN").stream())
            .filter(arn -> arn.indexOf('/') > 0)
            .findFirst(),
        bucket,
        first(event).flatMap(resource -> resource.text("ARN")));
  }

  static Optional<Fields> first(Fields event) {
    return event.objects("resources").stream()
        .filter(resource -> resource.text("ARN").isPresent())
        .findFirst();
  }
}
