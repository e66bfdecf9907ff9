package dev.cadastre.ingest.foreign.gcp;

import dev.cadastre.formats.json.Json;
import dev.cadastre.ingest.foreign.format.Fields;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A Google Cloud audit log as the Collector's {@code googlecloudlogentry_encoding} extension takes
 * it apart.
 */
final class GcpAttributes {
  private final Fields attributes;
  private final SortedMap<String, Json> payload = new TreeMap<>();

  private GcpAttributes(Fields attributes) {
    this.attributes = attributes;
  }

  static Optional<Json.Obj> assembled(Fields attributes) {
    if (!attributes.isText("gcp.audit.service.name")
        || !attributes.isText("gcp.audit.method.name")) {
      return Optional.empty();
    }
    Json.Builder entry = Json.Obj.builder();
    attributes.text("log.record.uid").ifPresent(id -> entry.put("insertId", id));
    return Optional.of(entry.put("protoPayload", new GcpAttributes(attributes).payload()).build());
  }

  private Json.Obj payload() {
    payload.put("@type", Json.of("type.googleapis.com/google.cloud.audit.AuditLog"));
    move(payload, "serviceName", "gcp.audit.service.name");
    move(payload, "methodName", "gcp.audit.method.name");
    move(payload, "resourceName", "gcp.audit.resource.name");
    move(payload, "authorizationInfo", "gcp.audit.authorization");
    part("resourceLocation", "currentLocations", "gcp.audit.resource.location.current");
    part("status", "code", "rpc.jsonrpc.error_code", "message", "rpc.jsonrpc.error_message");
    part("authenticationInfo", "principalEmail", "user.email", "principalSubject", "user.id");
    part(
        "requestMetadata",
        "callerIp",
        "client.address",
        "callerSuppliedUserAgent",
        "user_agent.original",
        "reason",
        "gcp.audit.request.reason");
    return new Json.Obj(payload);
  }

  /** An object of pairs of a member and the attribute that holds it. */
  private void part(String name, String... pairs) {
    SortedMap<String, Json> members = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      move(members, pairs[i], pairs[i + 1]);
    }
    payload.put(name, new Json.Obj(members));
  }

  private void move(SortedMap<String, Json> to, String member, String attribute) {
    attributes.value(attribute).ifPresent(value -> to.put(member, value));
  }
}
