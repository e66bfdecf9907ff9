package dev.cadastre.ingest.foreign.net;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.ForeignFormat;
import dev.cadastre.ingest.foreign.format.Mapping;
import dev.cadastre.ingest.foreign.format.Uris;
import java.util.List;
import java.util.Optional;

/**
 * Access logs of Envoy, and so of Istio's mesh, in JSON with the default names ("Envoy, Access
 * logging", "Istio, Envoy Access Logs"). The host that was asked for tells where a known service
 * is. Both proxies of a call log it under one request id, so the cluster makes it one of them.
 * Paths and addresses stay with the original.
 */
public final class MeshAccessLog implements ForeignFormat {
  @Override
  public String name() {
    return "envoy";
  }

  @Override
  public List<String> marks() {
    return List.of("\"start_time\"", "\"upstream_cluster\"", "\"response_code\"", "\"method\"");
  }

  @Override
  public List<String> members() {
    return List.of("upstream_cluster");
  }

  @Override
  public boolean recognises(Fields record) {
    return record.isText("start_time")
        && record.has("upstream_cluster")
        && record.has("response_code")
        && record.has("method")
        && record.has("response_flags");
  }

  @Override
  public void map(Fields record, Mapping to) {
    Optional<String> cluster = value(record, "upstream_cluster");
    to.event("mesh.request");
    to.id(value(record, "request_id").map(id -> id + "/" + cluster.orElse("")));
    to.time(record.text("start_time"));
    to.put(Names.AUDIT_ACTION, value(record, "method"));
    to.target(Optional.of("cluster"), cluster);
    to.put(Names.SERVER_ADDRESS, value(record, "authority").map(Uris::withoutQuery));
    to.put("tls.server.name", value(record, "requested_server_name"));
    outcome(record, to);
    to.put("audit.source.ip", value(record, "downstream_remote_address"));
    to.hide("user_agent.original", value(record, "user_agent"));
    record.number("bytes_sent").ifPresent(bytes -> to.put("envoy.bytes_sent", bytes));
    record.number("bytes_received").ifPresent(bytes -> to.put("envoy.bytes_received", bytes));
    to.put(Names.LOCATION_PROCESSING, to.resourceRegion());
  }

  private static Optional<String> value(Fields record, String name) {
    return record.text(name).filter(text -> !text.equals("-"));
  }

  private static void outcome(Fields record, Mapping to) {
    long status = record.number("response_code").orElse(0L);
    boolean denied = status == 401 || status == 403;
    boolean failed = status == 0 || status >= 400;
    to.outcome(denied ? "denied" : failed ? "failure" : "success");
    if (failed) {
      to.put("error.type", Long.toString(status));
      to.put(
          Names.REASON_CODE,
          Fields.first(value(record, "response_flags"), value(record, "response_code_details")));
    }
  }
}
