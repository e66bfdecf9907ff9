package dev.cadastre.ingest.foreign.platform;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.ForeignFormat;
import dev.cadastre.ingest.foreign.format.Mapping;
import dev.cadastre.ingest.foreign.format.ObjectNames;
import dev.cadastre.ingest.foreign.format.OperationNames;
import java.util.List;
import java.util.Optional;

/**
 * Audit entries of HashiCorp Vault and OpenBao ("Audit log entry schema"). Each call has two, one
 * before it is carried out and one after. The one after tells what became of it and counts; the one
 * before is kept beside it and of no kind, so that nothing counts twice.
 */
public final class VaultAudit implements ForeignFormat {
  @Override
  public String name() {
    return "vault";
  }

  @Override
  public List<String> marks() {
    return List.of("\"request\"", "\"operation\"", "\"path\"", "\"type\"");
  }

  @Override
  public List<String> members() {
    return List.of("request");
  }

  @Override
  public boolean recognises(Fields record) {
    boolean type =
        record.text("type").filter(t -> t.equals("request") || t.equals("response")).isPresent();
    return type
        && record.isText("time")
        && record.isText("request", "path")
        && record.isText("request", "operation")
        && isRouted(record);
  }

  /** Some requests, such as those for help, have no id. */
  private static boolean isRouted(Fields record) {
    return record.isText("request", "id")
        || record.isText("request", "mount_type")
        || record.isText("request", "mount_point")
        || record.isText("request", "remote_address")
        || record.isObject("auth");
  }

  @Override
  public void map(Fields record, Mapping to) {
    Fields request = record.in("request");
    String type = record.text("type").orElse("");
    String path = request.text("path").orElse("");
    to.id(Optional.of(request.text("id").orElseGet(() -> id(record)) + "/" + type));
    to.time(record.text("time"));
    to.put(Names.AUDIT_ACTION, request.text("operation"));
    to.put("vault.namespace", request.text("namespace", "path"));
    to.put("vault.mount.type", request.text("mount_type"));
    to.target(
        request.text("mount_type"),
        Optional.of(path).filter(p -> !p.isEmpty()).map(ObjectNames::withoutLogins));
    actor(record, request, to);
    if (type.equals("request")) {
      to.other("vault.request");
      to.put(Names.AUDIT_OUTCOME, "requested");
    } else {
      outcome(record, to);
    }
    subject(request, path, to);
  }

  /** Of a request without one; the time counts nanoseconds. */
  private static String id(Fields record) {
    Fields request = record.in("request");
    return String.join(
        "/",
        record.text("time").orElse(""),
        request.text("operation").orElse(""),
        namespace(request) + request.text("path").orElse(""));
  }

  private static void actor(Fields record, Fields request, Mapping to) {
    Fields auth = record.in("auth");
    String entity = auth.text("entity_id").orElse("");
    to.actor("user", Fields.first(auth.text("display_name"), auth.text("entity_id")));
    to.put(Names.ACTOR_ROLE, auth.text("metadata", "role_name"));
    if (!entity.isEmpty()) {
      to.hide("vault.entity.id", Optional.of(entity));
    }
    to.put("audit.source.ip", request.text("remote_address"));
  }

  private static void outcome(Fields record, Mapping to) {
    Optional<String> error = record.text("error");
    boolean denied =
        error
            .filter(text -> text.contains("permission denied") || text.contains("invalid token"))
            .isPresent();
    to.outcome(denied ? "denied" : error.isPresent() ? "failure" : "success");
    error.ifPresent(text -> to.put(Names.REASON_CODE, denied ? "permission denied" : "error"));
    to.hide(Names.REASON_DETAIL, error);
  }

  private static void subject(Fields request, String path, Mapping to) {
    String mount = request.text("mount_type").orElse("");
    String operation = request.text("operation").orElse("");
    boolean counts = !to.event().equals("other.vault.request");
    Optional<VaultTransit> transit = transit(request, mount, path);
    if (transit.isPresent()) {
      transit.get().map(operation, counts, to);
    } else if (counts && isData(mount) && !operation.equals("help")) {
      String inside = inside(point(request).orElse(firstPart(path)), relative(request, path));
      to.data(kvOperation(operation, inside), Optional.of(namespace(request) + path));
      to.put(Names.LOCATION_STORAGE, to.resourceRegion());
    } else if (counts) {
      to.other("vault." + operation);
    }
    to.put(Names.LOCATION_PROCESSING, to.resourceRegion());
  }

  private static boolean isData(String mount) {
    return mount.equals("kv") || mount.equals("generic");
  }

  private static Optional<VaultTransit> transit(Fields request, String mount, String path) {
    if (!mount.equals("transit") && !(mount.isEmpty() && path.startsWith("transit/"))) {
      return Optional.empty();
    }
    String namespace = namespace(request);
    String relative = relative(request, path);
    Optional<String> point = point(request);
    if (point.isPresent()) {
      String at = point.get();
      return Optional.of(VaultTransit.of(namespace + at, inside(at, relative)));
    }
    String first = firstPart(relative);
    VaultTransit found =
        VaultTransit.in(relative)
            .orElseGet(() -> VaultTransit.of(first, relative.substring(first.length())));
    return Optional.of(
        new VaultTransit(
            namespace + found.point(), found.verb(), found.key(), found.act(), found.wrapper()));
  }

  /** Where the engine is mounted in its namespace, which some versions put in front. */
  private static Optional<String> point(Fields request) {
    return request
        .text("mount_point")
        .map(point -> inside(namespace(request), point))
        .map(point -> point.endsWith("/") ? point : point + "/");
  }

  /** The path in its namespace: some versions put that in front of the path, too. */
  private static String relative(Fields request, String path) {
    String namespace = namespace(request);
    boolean routed = point(request).filter(path::startsWith).isPresent();
    return namespace.isEmpty() || routed ? path : inside(namespace, path);
  }

  private static String firstPart(String path) {
    return path.substring(0, path.indexOf('/') + 1);
  }

  private static String inside(String outer, String path) {
    return path.startsWith(outer) ? path.substring(outer.length()) : path;
  }

  /** Versions of a secret are deleted, or destroyed for good, by a write to a path for that. */
  private static String kvOperation(String operation, String inside) {
    String named = OperationNames.dataOperation(operation);
    boolean end = inside.startsWith("delete/") || inside.startsWith("destroy/");
    if (!named.equals("write")) {
      return named;
    }
    return end ? "delete" : named;
  }

  /** With a slash at its end; empty for the root. */
  private static String namespace(Fields request) {
    String path = request.text("namespace", "path").orElse("");
    return path.isEmpty() || path.endsWith("/") ? path : path + "/";
  }
}
