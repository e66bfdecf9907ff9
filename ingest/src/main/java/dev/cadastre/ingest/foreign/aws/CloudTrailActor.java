package dev.cadastre.ingest.foreign.aws;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Arns;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.Mapping;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who called, from {@code userIdentity}. Services and workloads stand in the open. A role that was
 * assumed does, too; who assumed it does not, for session names are often people's; nor does a user
 * who issued the session.
 */
final class CloudTrailActor {
  /** An instance assumes its role under its own id. */
  private static final Pattern INSTANCE = Pattern.compile(".*/i-[0-9a-f]{8,17}");

  private CloudTrailActor() {}

  static void map(Fields event, Mapping to) {
    Fields identity = event.in("userIdentity");
    Optional<String> arn = identity.text("arn");
    Optional<String> invokedBy = identity.text("invokedBy");
    Optional<String> type = identity.text("type");
    Optional<String> role = identity.text("sessionContext", "sessionIssuer", "arn");
    if (type.isEmpty() || type.get().equals("AWSService")) {
      to.actor("service", Fields.first(invokedBy, identity.text("accountId")));
    } else if (isWorkload(identity, arn, role)) {
      to.actor("workload", arn);
    } else {
      to.actor("user", who(identity, arn));
    }
    issuer(role, to);
    to.put(Names.ACTOR_VIA, invokedBy);
    to.put("audit.source.ip", event.text("sourceIPAddress"));
    to.hide("user_agent.original", event.text("userAgent"));
  }

  /** A session is issued for a role, or for a user, who is a person. */
  private static void issuer(Optional<String> issuer, Mapping to) {
    if (issuer.filter(CloudTrailActor::isRole).isPresent()) {
      to.put(Names.ACTOR_ROLE, issuer);
    } else {
      to.hide(Names.ACTOR_ROLE, issuer);
    }
  }

  private static boolean isRole(String arn) {
    return Arns.resource(arn).filter(resource -> resource.startsWith("role/")).isPresent();
  }

  private static Optional<String> who(Fields identity, Optional<String> arn) {
    return Fields.first(
        arn,
        identity.text("principalId"),
        identity.text("userName"),
        identity.text("onBehalfOf", "userId"),
        identity.text("accountId"));
  }

  private static boolean isWorkload(Fields identity, Optional<String> arn, Optional<String> role) {
    return identity.text("sessionContext", "ec2RoleDelivery").isPresent()
        || arn.filter(text -> INSTANCE.matcher(text).matches()).isPresent()
        || role.filter(text -> text.contains(":role/aws-service-role/")).isPresent();
  }
}
