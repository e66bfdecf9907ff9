package dev.cadastre.ingest.foreign.aws;

import dev.cadastre.formats.json.Json;
import dev.cadastre.ingest.foreign.format.Arns;
import dev.cadastre.ingest.foreign.format.Fields;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A CloudTrail record as the Collector's {@code awslogs_encoding} extension takes it apart. It puts
 * the region of the first record of a file on the Resource of all, so the region is read from what
 * the record itself has: the host that was called, or a resource's ARN.
 */
final class CloudTrailAttributes {
  /** A region before one of the ends that Amazon's partitions have, with a port or none. */
  private static final Pattern REGIONAL_HOST =
      Pattern.compile(
          "(?:[a-z0-9.-]+\\.)?([a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2})(?:\\.vpce)?"
              + "\\.(?:amazonaws\\.(?:com|com\\.cn|eu)|api\\.aws|api\\.amazonwebservices\\.(?:com\\.cn|eu)"
              + "|c2s\\.ic\\.gov|sc2s\\.sgov\\.gov|cloud\\.adc-e\\.uk|csp\\.hci\\.ic\\.gov)"
              + "\\.?(?::[0-9]+)?");

  private static final String ISSUER = "aws.user_identity.session_context.issuer.";

  private final Fields attributes;
  private final SortedMap<String, Json> record = new TreeMap<>();
  private final SortedMap<String, Json> identity = new TreeMap<>();

  private CloudTrailAttributes(Fields attributes) {
    this.attributes = attributes;
  }

  static Optional<Json.Obj> assembled(Fields attributes) {
    if (!attributes.isText("aws.cloudtrail.event_id")) {
      return Optional.empty();
    }
    CloudTrailAttributes assembly = new CloudTrailAttributes(attributes);
    assembly.event();
    assembly.identity();
    assembly.region();
    return Optional.of(new Json.Obj(assembly.record));
  }

  private void event() {
    move(record, "eventVersion", "aws.cloudtrail.event_version");
    move(record, "eventID", "aws.cloudtrail.event_id");
    move(record, "eventName", "rpc.method");
    move(record, "eventSource", "rpc.service");
    move(record, "eventType", "rpc.system");
    move(record, "requestID", "aws.request_id");
    move(record, "eventCategory", "aws.event.category");
    move(record, "readOnly", "aws.event.read_only");
    move(record, "managementEvent", "aws.event.management");
    move(record, "sourceIPAddress", "source.address");
    move(record, "userAgent", "user_agent.original");
    move(record, "errorCode", "aws.error.code");
    move(record, "errorMessage", "aws.error.message");
    move(record, "requestParameters", "aws.request.parameters");
    move(record, "responseElements", "aws.response.elements");
    move(record, "resources", "aws.resources");
    move(record, "additionalEventData", "aws.cloudtrail.additional_event_data");
    move(record, "recipientAccountId", "aws.cloudtrail.recipient_account_id");
    SortedMap<String, Json> tls = new TreeMap<>();
    move(tls, "clientProvidedHostHeader", "server.address");
    move(tls, "tlsVersion", "tls.protocol.version");
    record.put("tlsDetails", new Json.Obj(tls));
  }

  private void identity() {
    move(identity, "type", "aws.principal.type");
    move(identity, "arn", "aws.principal.arn");
    move(identity, "principalId", "aws.principal.id");
    move(identity, "userName", "user.name");
    move(identity, "accountId", "aws.user_identity.account_id");
    move(identity, "invokedBy", "aws.user_identity.invoked_by");
    SortedMap<String, Json> issuer = new TreeMap<>();
    move(issuer, "arn", ISSUER + "arn");
    Json.Obj session = Json.Obj.builder().put("sessionIssuer", new Json.Obj(issuer)).build();
    identity.put("sessionContext", session);
    record.put("userIdentity", new Json.Obj(identity));
  }

  private void region() {
    Fields made = new Fields(new Json.Obj(record));
    Optional<String> host =
        attributes
            .text("server.address")
            .map(address -> REGIONAL_HOST.matcher(address.toLowerCase(Locale.ROOT)))
            .filter(Matcher::matches)
            .map(matcher -> matcher.group(1));
    Fields.first(
            attributes.text("aws.cloudtrail.region"),
            host,
            AwsData.first(made).flatMap(resource -> resource.text("ARN")).flatMap(Arns::region))
        .ifPresent(region -> record.put("awsRegion", Json.of(region)));
  }

  private void move(SortedMap<String, Json> to, String member, String attribute) {
    attributes.value(attribute).ifPresent(value -> to.put(member, value));
  }
}
