package dev.cadastre.ingest.foreign.aws;

import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.EnclosingLog;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.ForeignFormat;
import dev.cadastre.ingest.foreign.format.Mapping;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * AWS CloudTrail records ("CloudTrail record contents", AWS CloudTrail user guide), bare or in the
 * envelope of Amazon EventBridge. The call's {@code awsRegion} is where it was processed; for a key
 * service it is also what the record states of the key's place, which the key's ARN supports or
 * contradicts.
 */
public final class CloudTrail implements ForeignFormat {
  private static final String DETAIL = "detail";
  private static final Set<String> DENIED =
      Set.of("accessdenied", "unauthorizedoperation", "unauthorized", "forbidden");
  private static final Set<String> FAILURES = Set.of("failure", "failed", "fail");

  @Override
  public String name() {
    return "cloudtrail";
  }

  @Override
  public List<String> marks() {
    return List.of("\"eventSource\"", "\"eventName\"", "\"userIdentity\"", "\"eventVersion\"");
  }

  @Override
  public List<String> members() {
    return List.of("eventSource", "detail-type");
  }

  @Override
  public boolean recognises(Fields record) {
    Fields event = unwrapped(record);
    return event.isText("eventVersion")
        && event.isText("eventSource")
        && event.isText("eventName")
        && event.isText("eventTime")
        && event.isObject("userIdentity");
  }

  private static Fields unwrapped(Fields record) {
    return record.has("detail-type") && record.isObject(DETAIL) ? record.in(DETAIL) : record;
  }

  @Override
  public Optional<Json.Obj> assembled(EnclosingLog carrier) {
    return CloudTrailAttributes.assembled(carrier.attributes());
  }

  @Override
  public void map(Fields record, Mapping to) {
    Fields event = unwrapped(record);
    String service = service(event);
    to.id(event.text("eventID"));
    to.time(event.text("eventTime"));
    to.put(Names.CLOUD_PROVIDER, "aws");
    to.put("cloud.account.id", event.text("recipientAccountId"));
    String action = service + ":" + event.text("eventName").orElse("");
    to.put(Names.AUDIT_ACTION, action);
    CloudTrailActor.map(event, to);
    outcome(event, to);
    to.put("tls.protocol.version", event.text("tlsDetails", "tlsVersion"));
    if (!AwsTransfers.isTransfer(action, event)) {
      // The host is where the call went, which says nothing of where the data went after it.
      to.put(
          Names.SERVER_ADDRESS,
          Fields.first(
              event.text("requestParameters", "Host"),
              event.text("tlsDetails", "clientProvidedHostHeader")));
    }
    subject(service, action, event, to);
    to.put(Names.LOCATION_PROCESSING, event.text("awsRegion"));
  }

  /** {@code kms} of {@code kms.amazonaws.com}. */
  private static String service(Fields event) {
    String source = event.text("eventSource").orElse("").toLowerCase(Locale.ROOT);
    int dot = source.indexOf('.');
    return dot < 0 ? source : source.substring(0, dot);
  }

  private static void subject(String service, String action, Fields event, Mapping to) {
    if (service.equals("kms")) {
      AwsKms.map(event, to);
    } else if (service.equals("bedrock") && AwsData.isInference(event)) {
      AwsData.inference(event, to);
    } else if (AwsTransfers.isTransfer(action, event)) {
      AwsTransfers.map(action, event, to);
    } else if (AwsSecrets.isAct(action)) {
      AwsSecrets.map(action, event, to);
    } else if (action.equals("signin:ConsoleLogin")) {
      to.event("sign.in.aws");
    } else if (service.equals("s3")
        || event.text("eventCategory").filter("Data"::equals).isPresent()
        || event.isFalse("managementEvent")) {
      AwsData.map(service, event, to);
    } else {
      to.other(service + "." + event.text("eventName").orElse(""));
      AwsData.first(event)
          .ifPresent(resource -> to.target(resource.text("type"), resource.text("ARN")));
    }
  }

  private static void outcome(Fields event, Mapping to) {
    Optional<String> error = event.text("errorCode");
    String code = error.orElse("").toLowerCase(Locale.ROOT);
    boolean denied = DENIED.stream().anyMatch(code::contains);
    boolean failed =
        error.isPresent() || event.text("errorMessage").isPresent() || isFailureStated(event);
    to.outcome(denied ? "denied" : failed ? "failure" : "success");
    to.put("error.type", error);
    to.put(Names.REASON_CODE, error);
    // It names who was refused.
    to.hide(Names.REASON_DETAIL, event.text("errorMessage"));
  }

  /**
   * Whether a sign-in says that it failed: those have no error code and give the result under their
   * own name ("AWS Management Console sign-in events", AWS CloudTrail user guide).
   */
  private static boolean isFailureStated(Fields event) {
    String name = event.text("eventName").orElse("");
    return Stream.of("responseElements", "serviceEventDetails")
        .flatMap(where -> event.text(where, name).stream())
        .anyMatch(result -> FAILURES.contains(result.toLowerCase(Locale.ROOT)));
  }
}
