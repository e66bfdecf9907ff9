package dev.cadastre.ingest.foreign;

import dev.cadastre.proof.event.Names;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Audit entries of HashiCorp Vault and OpenBao ("Audit log entry schema"). Each call has two, one
 * before it is carried out and one after. The one after tells what became of it and counts; the one
 * before is kept beside it and of no kind, so that nothing counts twice.
 */
final class VaultAudit implements ForeignFormat {
  private static final Set<String> USES =
      Set.of("encrypt", "decrypt", "rewrap", "sign", "verify", "hmac", "datakey", "export", "cmac");

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
        && record.isText("request", "id")
        && record.isText("request", "path")
        && record.isText("request", "operation");
  }

  @Override
  public void map(Fields record, Mapping to) {
    Fields request = record.in("request");
    String type = record.text("type").orElse("");
    String path = request.text("path").orElse("");
    to.id(request.text("id").map(id -> id + "/" + type));
    to.time(record.text("time"));
    to.put(Names.AUDIT_ACTION, request.text("operation"));
    to.put("vault.namespace", request.text("namespace", "path"));
    to.put("vault.mount.type", request.text("mount_type"));
    to.target(request.text("mount_type"), Optional.of(path));
    actor(record, request, to);
    if (type.equals("request")) {
      to.other("vault.request");
      to.put(Names.AUDIT_OUTCOME, "requested");
    } else {
      outcome(record, to);
    }
    subject(request, path, to);
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
    String point = request.text("mount_point").orElse(path.substring(0, path.indexOf('/') + 1));
    String inside = path.startsWith(point) ? path.substring(point.length()) : path;
    boolean counts = !to.event().equals("other.vault.request");
    if (mount.equals("transit") || mount.isEmpty() && path.startsWith("transit/")) {
      transit(request, point, inside, counts, to);
    } else if (counts && (mount.equals("kv") || mount.equals("generic"))) {
      String operation = request.text("operation").orElse("");
      to.data(kvOperation(operation, inside), Optional.of(namespace(request) + path));
      to.put(Names.LOCATION_STORAGE, to.resourceRegion());
    } else if (counts) {
      to.other("vault." + request.text("operation").orElse(""));
    }
    to.put(Names.LOCATION_PROCESSING, to.resourceRegion());
  }

  /** Versions of a secret are deleted, or destroyed for good, by a write to a path for that. */
  private static String kvOperation(String operation, String inside) {
    String named = Words.dataOperation(operation);
    boolean end = inside.startsWith("delete/") || inside.startsWith("destroy/");
    return end && named.equals("write") ? "delete" : named;
  }

  /**
   * {@code decrypt/NAME}, {@code keys/NAME}, {@code keys/NAME/rotate}, {@code export/TYPE/NAME}.
   */
  private static void transit(
      Fields request, String point, String inside, boolean counts, Mapping to) {
    String[] parts = inside.split("/", 5);
    String verb = parts[0];
    int at = verb.equals("datakey") || verb.equals("export") ? 2 : 1;
    if (parts.length <= at) {
      to.other("vault.transit." + verb);
      return;
    }
    to.put(Names.KEY_ID, namespace(request) + point + "keys/" + parts[at]);
    to.put(Names.KEY_PROVIDER, "vault");
    to.put(Names.KEY_REGION, to.resourceRegion());
    if (!counts) {
      return;
    }
    String operation = request.text("operation").orElse("");
    if (USES.contains(verb)) {
      to.keyUse(verb.equals("datakey") ? "generate_data_key" : verb);
    } else if (verb.equals("backup")) {
      // Reading it gives out the key.
      to.keyLifecycle(verb);
    } else if (operation.equals("read") || operation.equals("list")) {
      to.other("vault.transit." + verb);
    } else {
      to.keyLifecycle(act(verb, parts, operation));
    }
  }

  private static String act(String verb, String[] parts, String operation) {
    if (!verb.equals("keys")) {
      return verb;
    }
    if (parts.length > 2) {
      return parts[2].equals("config") ? "update" : parts[2];
    }
    return operation.equals("delete") ? "delete" : "create";
  }

  private static String namespace(Fields request) {
    return request.text("namespace", "path").orElse("");
  }
}
