package dev.cadastre.ingest.foreign.aws;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Arns;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.Mapping;
import dev.cadastre.ingest.foreign.format.ObjectNames;
import dev.cadastre.ingest.foreign.format.OperationNames;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a CloudTrail record of AWS KMS did to which key. */
public final class AwsKms {
  private static final Set<String> USES =
      Set.of(
          "Decrypt",
          "DeriveSharedSecret",
          "Encrypt",
          "GenerateDataKey",
          "GenerateDataKeyPair",
          "GenerateDataKeyPairWithoutPlaintext",
          "GenerateDataKeyWithoutPlaintext",
          "GenerateMac",
          "ReEncrypt",
          "ReEncryptFrom",
          "ReEncryptTo",
          "Sign",
          "Verify",
          "VerifyMac");

  /**
   * Acts that the vocabulary has a word for. Those that only sound like another are not among them:
   * after {@code RevokeGrant} or {@code DisableKeyRotation} a key can be used as before.
   */
  private static final Map<String, String> ACTS =
      Map.ofEntries(
          Map.entry("CreateKey", "create"),
          Map.entry("DeleteKey", "delete"),
          Map.entry("RotateKey", "rotate"),
          Map.entry("DisableKey", "disable"),
          Map.entry("EnableKey", "enable"),
          Map.entry("ScheduleKeyDeletion", "schedule_deletion"),
          Map.entry("CancelKeyDeletion", "cancel_deletion"),
          Map.entry("ImportKeyMaterial", "import"),
          Map.entry("CreateGrant", "grant"),
          Map.entry("RetireGrant", "retire_grant"),
          Map.entry("PutKeyPolicy", "put_policy"),
          Map.entry("ReplicateKey", "replicate"),
          Map.entry("ReEncrypt", "reencrypt"),
          Map.entry("UpdateKeyDescription", "update"),
          Map.entry("TagResource", "update"),
          Map.entry("UntagResource", "update"));

  private static final List<String> ALGORITHMS =
      List.of(
          "encryptionAlgorithm",
          "sourceEncryptionAlgorithm",
          "signingAlgorithm",
          "macAlgorithm",
          "keyAgreementAlgorithm",
          "keySpec",
          "keyPairSpec",
          "customerMasterKeySpec");

  private AwsKms() {}

  static void map(Fields event, Mapping to) {
    String name = event.text("eventName").orElse("");
    Optional<String> key = key(event);
    kind(name, event.isTrue("readOnly"), to);
    to.target(Optional.of("AWS::KMS::Key").filter(type -> key.isPresent()), key);
    to.put(Names.KEY_ID, Fields.first(replica(event, key), key));
    to.put(Names.KEY_PROVIDER, "aws");
    to.put(Names.KEY_REGION, Fields.first(replicaRegion(event), event.text("awsRegion")));
    details(event, to);
  }

  /**
   * What sort of act an operation is.
   *
   * @param readOnly whether it changes nothing; using a key counts as that
   */
  public static void kind(String name, boolean readOnly, Mapping to) {
    if (USES.contains(name)) {
      to.keyUse(operation(name));
    } else if (isRead(name, readOnly)) {
      to.other("kms." + name);
    } else {
      to.keyLifecycle(operation(name));
    }
  }

  private static boolean isRead(String name, boolean readOnly) {
    return readOnly
        || name.startsWith("List")
        || name.startsWith("Describe")
        || name.startsWith("Get")
        || name.equals("GenerateRandom");
  }

  private static String operation(String name) {
    String known = ACTS.get(name);
    return known == null ? OperationNames.snake(name) : known;
  }

  /** The key's ARN where the record has one; otherwise its id or alias as it was asked for. */
  private static Optional<String> key(Fields event) {
    Optional<String> destination = event.text("requestParameters", "destinationKeyId");
    return Fields.first(
        event.objects("resources").stream()
            .flatMap(resource -> resource.text("ARN").stream())
            .filter(arn -> arn.contains(":key/"))
            .filter(arn -> destination.isEmpty() || !names(arn, destination.get()))
            .findFirst(),
        event.text("responseElements", "keyMetadata", "arn"),
        event.text("requestParameters", "sourceKeyId"),
        event.text("requestParameters", "keyId"),
        event.text("requestParameters", "targetKeyId"),
        event.text("responseElements", "keyId"),
        event.text("serviceEventDetails", "keyId"));
  }

  private static Optional<String> replicaRegion(Fields event) {
    return event.text("requestParameters", "replicaRegion");
  }

  /** After {@code ReplicateKey} the key is in another place as well, and that is what is new. */
  private static Optional<String> replica(Fields event, Optional<String> key) {
    return Fields.first(
        event.text("responseElements", "replicaKeyMetadata", "arn"),
        replicaRegion(event).flatMap(region -> key.map(arn -> Arns.inRegion(arn, region))));
  }

  private static boolean names(String arn, String keyId) {
    return arn.equals(keyId) || arn.endsWith("/" + keyId);
  }

  private static void details(Fields event, Mapping to) {
    Fields request = event.in("requestParameters");
    Fields more = event.in("additionalEventData");
    for (String name : ALGORITHMS) {
      to.put(Names.KEY_ALGORITHM, request.text(name));
    }
    to.put(
        Names.KEY_VERSION, Fields.first(more.text("keyMaterialId"), request.text("keyMaterialId")));
    if (event.text("eventName").filter("CreateGrant"::equals).isPresent()) {
      to.put(Names.KEY_GRANTED_TO, request.text("granteePrincipal"));
    }
    to.put(Names.KEY_WRAPPED_BY, destination(event, request));
    to.put(Names.KEY_CUSTODY, custody(event, request, more));
    to.put(
        Names.KEY_RECIPIENT_IMAGE, more.text("recipient", "attestationDocumentEnclaveImageDigest"));
    to.put(
        Names.DATA_OBJECT_ID,
        request.text("encryptionContext", "aws:s3:arn").map(ObjectNames::open));
    if (more.text("backingKeysDeletionStatus").filter(s -> s.contains("FAILURE")).isPresent()) {
      to.put(Names.REASON_CODE, "BackingKeysDeletionFailure");
    }
  }

  /** The key under which {@code ReEncrypt} put the data. */
  private static Optional<String> destination(Fields event, Fields request) {
    return request
        .text("destinationKeyId")
        .map(
            id ->
                event.objects("resources").stream()
                    .flatMap(resource -> resource.text("ARN").stream())
                    .filter(arn -> names(arn, id))
                    .findFirst()
                    .orElse(id));
  }

  /** Only what the record says outright; most do not. */
  private static Optional<String> custody(Fields event, Fields request, Fields more) {
    Fields made = event.in("responseElements", "keyMetadata");
    String origin = Fields.first(made.text("origin"), request.text("origin")).orElse("");
    boolean outside = origin.equals("EXTERNAL_KEY_STORE") || more.has("xksKeyId");
    if (outside) {
      return Optional.of("customer-held");
    }
    String manager = made.text("keyManager").orElse("").toUpperCase(Locale.ROOT);
    boolean aws = manager.equals("AWS") || request.text("keyId").orElse("").contains("alias/aws/");
    return aws
        ? Optional.of("provider-managed")
        : Optional.of("customer-managed").filter(is -> manager.equals("CUSTOMER"));
  }
}
