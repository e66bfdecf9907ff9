package dev.cadastre.ingest.envelope;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Rows of Azure Monitor's tables, whose columns are the members of a record under other names
 * ("Azure Monitor Logs reference": AKSAudit, AZKVAuditLogs, AzureDiagnostics): told as the record
 * they were.
 */
final class LogAnalytics {
  private static final String AUDIT_ID = "AuditId";
  private static final String OPERATION = "OperationName";

  private static final Map<String, String> KUBERNETES =
      columns(
          "Level",
          "level",
          AUDIT_ID,
          "auditID",
          "Stage",
          "stage",
          "RequestUri",
          "requestURI",
          "Verb",
          "verb",
          "User",
          "user",
          "ImpersonatedUser",
          "impersonatedUser",
          "SourceIps",
          "sourceIPs",
          "UserAgent",
          "userAgent",
          "ObjectRef",
          "objectRef",
          "ResponseStatus",
          "responseStatus",
          "RequestReceivedTime",
          "requestReceivedTimestamp",
          "StageReceivedTime",
          "stageTimestamp",
          "Annotations",
          "annotations");

  private static final Map<String, String> KEY_VAULT =
      columns(
          "TimeGenerated",
          "time",
          "Category",
          "category",
          OPERATION,
          "operationName",
          "OperationVersion",
          "operationVersion",
          "ResultType",
          "resultType",
          "ResultSignature",
          "resultSignature",
          "ResultDescription",
          "resultDescription",
          "CorrelationId",
          "correlationId",
          "CallerIpAddress",
          "callerIpAddress",
          "CallerIPAddress",
          "callerIpAddress",
          "Identity",
          "identity",
          "TenantId",
          "tenantId",
          "Location",
          "location",
          "_ResourceId",
          "resourceId",
          "ResourceId",
          "resourceId");

  private static final Map<String, String> KEY_VAULT_PROPERTIES =
      columns(
          "Id", "id",
          "id_s", "id",
          "HttpStatusCode", "httpStatusCode",
          "httpStatusCode_d", "httpStatusCode",
          "RequestUri", "requestUri",
          "requestUri_s", "requestUri",
          "Algorithm", "algorithm",
          "algorithm_s", "algorithm",
          "ClientInfo", "clientInfo",
          "clientInfo_s", "clientInfo");

  private static final Map<String, String> CLAIMS =
      columns("identity_claim_appid_g", "appid", "identity_claim_oid_g", "oid");

  private LogAnalytics() {}

  static boolean isMark(String name) {
    return name.equals(AUDIT_ID) || name.equals(OPERATION);
  }

  /** The record that a row was; empty for what is no row. */
  static Optional<String> record(Map<String, String> row) {
    if (row.containsKey(AUDIT_ID) && row.containsKey("Verb")) {
      StringJoiner event = object();
      event.add("\"kind\":\"Event\"").add("\"apiVersion\":\"audit.k8s.io/v1\"");
      rename(row, KUBERNETES, event);
      return Optional.of(event.toString());
    }
    return row.containsKey(OPERATION) && isKeyVault(row)
        ? Optional.of(keyVault(row))
        : Optional.empty();
  }

  private static boolean isKeyVault(Map<String, String> row) {
    String id = row.getOrDefault("_ResourceId", row.getOrDefault("ResourceId", ""));
    return id.toUpperCase(Locale.ROOT).contains("/PROVIDERS/MICROSOFT.KEYVAULT/");
  }

  private static String keyVault(Map<String, String> row) {
    StringJoiner record = object();
    Map<String, String> found = rename(row, KEY_VAULT, record);
    if (!found.containsKey("category")) {
      record.add("\"category\":\"AuditEvent\"");
    }
    if (!found.containsKey("identity")) {
      StringJoiner claims = object();
      rename(row, CLAIMS, claims);
      record.add("\"identity\":{\"claim\":" + claims + "}");
    }
    StringJoiner properties = object();
    rename(row, KEY_VAULT_PROPERTIES, properties);
    return record.add("\"properties\":" + properties).toString();
  }

  private static StringJoiner object() {
    return new StringJoiner(",", "{", "}");
  }

  /** Writes the columns that are there, each name once. */
  private static Map<String, String> rename(
      Map<String, String> row, Map<String, String> names, StringJoiner into) {
    Map<String, String> found = new LinkedHashMap<>();
    names.forEach(
        (column, member) -> {
          String value = row.getOrDefault(column, "");
          if (!value.isEmpty() && !value.equals("null") && !value.equals("\"\"")) {
            found.putIfAbsent(member, dynamic(value));
          }
        });
    found.forEach((member, value) -> into.add("\"" + member + "\":" + value));
    return found;
  }

  /** A column of objects may come as text. */
  private static String dynamic(String value) {
    return JsonSlices.string(value)
        .map(String::strip)
        .filter(text -> text.startsWith("{") || text.startsWith("["))
        .orElse(value);
  }

  /**
   * The rows of a query's answer, each as an object of its columns; none if this is no answer, or
   * they have more than {@code charsMax} characters with their columns' names.
   */
  static List<String> rows(Map<String, String> answer, long charsMax) {
    List<String> rows = new ArrayList<>();
    long chars = 0;
    for (String table : JsonSlices.items(answer.getOrDefault("tables", "")).orElse(List.of())) {
      Map<String, String> members = JsonSlices.members(table).orElse(Map.of());
      List<String> names = names(members.getOrDefault("columns", ""));
      for (String values : JsonSlices.items(members.getOrDefault("rows", "")).orElse(List.of())) {
        String row = row(names, JsonSlices.items(values).orElse(List.of()));
        chars += row.length();
        if (chars > charsMax) {
          return List.of();
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<String> names(String columns) {
    List<String> names = new ArrayList<>();
    for (String column : JsonSlices.items(columns).orElse(List.of())) {
      names.add(
          JsonSlices.members(column).map(one -> one.getOrDefault("name", "\"\"")).orElse("\"\""));
    }
    return names;
  }

  private static String row(List<String> names, List<String> values) {
    StringJoiner row = object();
    for (int i = 0; i < Math.min(names.size(), values.size()); i++) {
      row.add(names.get(i) + ":" + values.get(i));
    }
    return row.toString();
  }

  private static Map<String, String> columns(String... pairs) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      columns.put(pairs[i], pairs[i + 1]);
    }
    return columns;
  }
}
