package dev.cadastre.ingest.foreign.gcp;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.Mapping;
import java.util.List;
import java.util.Optional;

/**
 * Access Transparency: what Google's own people did with a customer's content, from where and why.
 */
final class GcpTransparency {
  private GcpTransparency() {}

  static void map(Fields payload, Mapping to) {
    List<Fields> accesses = payload.objects("accesses");
    Optional<Fields> first = accesses.stream().findFirst();
    Optional<String> resource = first.flatMap(access -> access.text("resourceName"));
    to.data("operator_access", resource);
    to.put(Names.AUDIT_ACTION, first.flatMap(access -> access.text("methodName")));
    to.target(payload.texts("product").stream().findFirst(), resource);
    if (!accesses.isEmpty()) {
      to.put(Names.DATA_RECORD_COUNT, accesses.size());
    }
    to.put(Names.AUDIT_ACTOR_TYPE, "provider_operator");
    to.put(
        Names.ACTOR_ROLE,
        Fields.first(
            payload.text("principalJobTitle"), payload.text("location", "principalJobTitle")));
    to.put(
        Names.LOCATION_OPERATOR,
        Fields.first(
            country(payload, "principalPhysicalLocationCountry"),
            country(payload, "principalOfficeCountry")));
    to.outcome("success");
    payload.objects("reason").stream()
        .findFirst()
        .ifPresent(
            reason -> {
              to.put(Names.REASON_CODE, reason.text("type"));
              to.hide(Names.REASON_DETAIL, reason.text("detail"));
            });
    to.put(Names.APPROVAL_ID, payload.texts("accessApprovals").stream().findFirst());
  }

  /** Two question marks stand for a country that is not told. */
  private static Optional<String> country(Fields payload, String name) {
    return Fields.first(payload.text("location", name), payload.text(name))
        .filter(code -> !code.equals("??"));
  }
}
