package dev.cadastre.ingest.foreign.aws;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a CloudTrail record of Secrets Manager or the Parameter Store did to a secret's value. AWS
 * counts these among management events, but a value was handed out or changed, as with the secrets
 * of other key stores.
 */
final class AwsSecrets {
  /** Acts on values; what describes, tags or shares a secret is none. */
  private static final Map<String, String> ACTS =
      Map.ofEntries(
          Map.entry("secretsmanager:GetSecretValue", "read"),
          Map.entry("secretsmanager:BatchGetSecretValue", "read"),
          Map.entry("secretsmanager:CreateSecret", "write"),
          Map.entry("secretsmanager:PutSecretValue", "write"),
          Map.entry("secretsmanager:UpdateSecret", "write"),
          Map.entry("secretsmanager:RestoreSecret", "write"),
          Map.entry("secretsmanager:DeleteSecret", "delete"),
          Map.entry("ssm:GetParameter", "read"),
          Map.entry("ssm:GetParameters", "read"),
          Map.entry("ssm:GetParametersByPath", "read"),
          Map.entry("ssm:GetParameterHistory", "read"),
          Map.entry("ssm:PutParameter", "write"),
          Map.entry("ssm:DeleteParameter", "delete"),
          Map.entry("ssm:DeleteParameters", "delete"));

  private AwsSecrets() {}

  /**
   * @param action the service and the operation, such as {@code ssm:GetParameter}
   */
  static boolean isAct(String action) {
    return ACTS.containsKey(action);
  }

  static void map(String action, Fields event, Mapping to) {
    Optional<String> object = object(event);
    String type = action.startsWith("ssm:") ? "AWS::SSM::Parameter" : "AWS::SecretsManager::Secret";
    to.target(Optional.of(type).filter(is -> object.isPresent()), object);
    to.data(ACTS.getOrDefault(action, "read"), object);
    to.put(Names.LOCATION_STORAGE, event.text("awsRegion"));
  }

  private static Optional<String> object(Fields event) {
    Fields request = event.in("requestParameters");
    return Fields.first(
        request.text("secretId"),
        several(request.texts("secretIdList")),
        request.text("name"),
        several(request.texts("names")),
        request.text("path"),
        AwsData.first(event).flatMap(resource -> resource.text("ARN")));
  }

  private static Optional<String> several(List<String> names) {
    return Optional.of(String.join(",", names)).filter(text -> !text.isEmpty());
  }
}
