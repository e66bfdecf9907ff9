package dev.cadastre.portal.api;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.portal.page.events.EventFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the OpenAPI description says of each operation, by method and path. */
final class Descriptions {
  static final String INTRODUCTION =
      "Everything that the pages show, for programs. Send 'Authorization: Bearer TOKEN'. Refusals"
          + " are problem details (RFC 9457). Times are RFC 3339 in UTC. Reading what a log says is"
          + " itself an entry in it, once per token, route and hour; so is each pack and"
          + " attestation that is built or fetched.";

  private static final String JSON = "application/json";
  private static final String NOTE = "text/plain; charset=utf-8";
  private static final String BINARY = "application/octet-stream";
  private static final Map<String, String> SPAN =
      Map.of("span", "How far to look back: 24h, 7d, 30d (the default) or 365d.");
  private static final Map<String, String> PERIOD =
      Map.of(
          "after",
          "Index of the anchor before the period, or 'birth' (the default).",
          "until",
          "Index of the anchor that closes it; the newest by default.");

  /**
   * One operation.
   *
   * @param query query parameters and what they mean
   * @param refusals statuses beyond those that follow from the route itself
   * @param body what the request's body is, or empty
   */
  record Operation(
      String id,
      String summary,
      int status,
      String produces,
      Map<String, String> query,
      Map<Integer, String> refusals,
      String body) {
    Operation(String id, String summary, String produces) {
      this(id, summary, 200, produces, Map.of(), Map.of(), "");
    }

    Operation query(Map<String, String> parameters) {
      return new Operation(id, summary, status, produces, parameters, refusals, body);
    }

    Operation refuses(int code, String why) {
      Map<Integer, String> more = new LinkedHashMap<>(refusals);
      more.put(code, why);
      return new Operation(id, summary, status, produces, query, more, body);
    }

    Operation accepts(int answer, String what) {
      return new Operation(id, summary, answer, produces, query, refusals, what);
    }
  }

  /** The schema of what an operation answers with, by its id; other answers are text or bytes. */
  private static final Map<String, String> SCHEMAS =
      Map.ofEntries(
          Map.entry("entry", "Entry"),
          Map.entry("receipt", "Receipt"),
          Map.entry("anchorsEntry", "Entry"),
          Map.entry("events", "Events"),
          Map.entry("summary", "Summary"),
          Map.entry("keys", "KeysOrTrail"),
          Map.entry("key", "KeyTrail"),
          Map.entry("person", "Person"),
          Map.entry("policy", "Policies"),
          Map.entry("residency", "Residency"),
          Map.entry("alerts", "Alerts"),
          Map.entry("attestations", "Attestations"),
          Map.entry("attestation", "Envelope"),
          Map.entry("attestationProgress", "AttestationProgress"),
          Map.entry("packs", "Packs"),
          Map.entry("buildPack", "Pack"),
          Map.entry("pack", "Pack"),
          Map.entry("live", "Status"),
          Map.entry("ready", "Status"),
          Map.entry("openapi", "Description"));

  private static final Map<String, Operation> OPERATIONS = operations();

  private static final String NAMED =
      "The id to the character; any text may also be given as 'base64url:' and its UTF-8 in"
          + " base64url.";

  private Descriptions() {}

  /** The description of an operation; its absence is a bug that shows at start. */
  static Operation of(String methodAndPath) {
    Operation operation = OPERATIONS.get(methodAndPath);
    if (operation == null) {
      throw new IllegalStateException("the API does not describe " + methodAndPath);
    }
    return operation;
  }

  private static Map<String, Operation> operations() {
    Map<String, Operation> all = new LinkedHashMap<>();
    logs(all);
    tenants(all);
    evidence(all);
    cell(all);
    return all;
  }

  private static void logs(Map<String, Operation> all) {
    all.put(
        "GET /logs/{tenant}/checkpoint",
        new Operation("checkpoint", "The log's newest checkpoint, a C2SP signed note.", NOTE));
    all.put(
        "GET /logs/{tenant}/tile/{tile}",
        new Operation(
            "tile",
            "A tile of hashes or a bundle of entries, as C2SP tlog-tiles has them.",
            BINARY));
    all.put(
        "GET /logs/{tenant}/entries/{index}",
        new Operation("entry", "The exact bytes of an entry.", JSON));
    all.put(
        "GET /logs/{tenant}/entries/{index}/proof",
        new Operation("entryProof", "The entry's tlog-proof.", NOTE));
    all.put(
        "GET /logs/{tenant}/receipts",
        new Operation("receiptById", "The same, of a record whose id no path survives.", JSON)
            .query(Map.of("id", NAMED)));
    all.put(
        "GET /logs/{tenant}/receipts/{id}",
        new Operation(
            "receipt", "The receipt of a record by its sender's id, with its tlog-proof.", JSON));
    all.put(
        "GET /anchors/checkpoint",
        new Operation(
            "anchorsCheckpoint", "The newest checkpoint of the public log of anchors.", NOTE));
    all.put(
        "GET /anchors/tile/{tile}",
        new Operation(
            "anchorsTile", "A tile or entry bundle of the public log of anchors.", BINARY));
    all.put(
        "GET /anchors/entries/{index}",
        new Operation(
            "anchorsEntry", "The exact bytes of an entry of the public log of anchors.", JSON));
    all.put(
        "GET /anchors/entries/{index}/proof",
        new Operation(
            "anchorsEntryProof", "The tlog-proof of an entry of the public log of anchors.", NOTE));
  }

  private static void tenants(Map<String, Operation> all) {
    Map<String, String> filters = new LinkedHashMap<>();
    for (String name : EventFilter.known()) {
      filters.put(
          name,
          "Only events of this "
              + name
              + ". Times are dates or instants in UTC; text is part of any indexed word, or a"
              + " record id; record is a record id and nothing else.");
    }
    filters.put("cursor", "Where the page before ended: its 'next'.");
    filters.put("limit", "Events a page, 1 to 1000; 50 by default.");
    all.put(
        "GET /api/v1/tenants/{tenant}/events",
        new Operation("events", "Events, newest first, a page at a time.", JSON).query(filters));
    all.put(
        "GET /api/v1/tenants/{tenant}/summary",
        new Operation(
                "summary",
                "Counts by kind, verdict, place and time, and what detectors noticed.",
                JSON)
            .query(SPAN));
    all.put(
        "GET /api/v1/tenants/{tenant}/keys",
        new Operation(
                "keys", "Every key that the log names; with an id, that one as a KeyTrail.", JSON)
            .query(Map.of("span", String.valueOf(SPAN.get("span")), "id", NAMED)));
    all.put(
        "GET /api/v1/tenants/{tenant}/keys/{id}",
        new Operation("key", "One key: lifecycle, uses, revocations with time-to-revoke.", JSON)
            .query(SPAN));
    all.put(
        "GET /api/v1/tenants/{tenant}/persons/{id}",
        new Operation("person", "Whom a pseudonym is of; asking is an entry in the log.", JSON));
    all.put(
        "GET /api/v1/tenants/{tenant}/policy",
        new Operation("policy", "The policies adopted, newest first.", JSON)
            .query(
                Map.of(
                    "before", "Those adopted before this entry: 'next' of the page before.",
                    "limit", "Policies a page, 1 to 100; 100 by default.")));
  }

  private static void evidence(Map<String, Operation> all) {
    String tenant = " /api/v1/tenants/{tenant}/";
    String notAnchored = "No anchor holds the log yet.";
    all.put(
        "GET" + tenant + "residency",
        new Operation("residency", "What the attestation of a period says, unsigned.", JSON)
            .query(PERIOD)
            .refuses(409, notAnchored));
    all.put(
        "GET" + tenant + "alerts",
        new Operation("alerts", "What detectors noticed at the entries of a period, by kind.", JSON)
            .query(PERIOD)
            .refuses(409, notAnchored));
    all.put(
        "GET" + tenant + "attestations",
        new Operation("attestations", "The anchors between which periods can be attested.", JSON));
    all.put(
        "GET" + tenant + "attestations/{until}",
        new Operation(
                "attestation",
                "The signed attestation (in-toto in DSSE) of the period that an anchor closes.",
                "application/vnd.dsse+json")
            .query(
                Map.of("after", "Index of the anchor before the period, or 'birth' (the default)."))
            .refuses(409, notAnchored));
    all.put(
        "GET" + tenant + "attestations/{until}/progress",
        new Operation(
                "attestationProgress",
                "How far the attestation of a period is. Residency and attestations answer 202 with"
                    + " this, and with its address in Location, where computing takes longer than a"
                    + " request may.",
                JSON)
            .query(
                Map.of("after", "Index of the anchor before the period, or 'birth' (the default)."))
            .refuses(409, notAnchored)
            .refuses(429, "Several attestations of this log are being computed.")
            .refuses(503, "The attestation could not be computed; the detail says why."));
    all.put(
        "GET" + tenant + "packs",
        new Operation("packs", "Packs that were asked for in the last hour.", JSON));
    all.put(
        "POST" + tenant + "packs",
        new Operation("buildPack", "Starts to build an evidence pack.", JSON)
            .accepts(
                202,
                "Empty, or a JSON object with 'after' and 'until' (anchors) or 'from' and 'to'"
                    + " (times).")
            .refuses(409, notAnchored)
            .refuses(415, "What was sent is not JSON.")
            .refuses(429, "This log has had its share of packs for now; see Retry-After.")
            .refuses(503, "The disk has no room for a pack."));
    all.put("GET" + tenant + "packs/{id}", new Operation("pack", "How far a pack is.", JSON));
    all.put(
        "GET" + tenant + "packs/{id}/content",
        new Operation("packContent", "The pack's file.", "application/zip")
            .refuses(409, "The pack could not be built.")
            .refuses(425, "The pack is being built; ask again after Retry-After."));
  }

  private static void cell(Map<String, Operation> all) {
    all.put("GET /healthz", new Operation("live", "Whether the process lives.", JSON));
    all.put(
        "GET /readyz",
        new Operation("ready", "Whether events are accepted.", JSON)
            .refuses(503, "No event is accepted; the detail says why."));
    all.put(
        "GET /metrics",
        new Operation(
            "metrics",
            "Figures for monitoring, as OpenMetrics, or as Prometheus' text if only that is asked"
                + " for.",
            "application/openmetrics-text"));
    all.put("GET /api/openapi.json", new Operation("openapi", "This description.", JSON));
  }

  static String parameter(String name) {
    return switch (name) {
      case "tenant" -> "The tenant's id.";
      case "index" -> "Index of the entry, from 0.";
      case "tile" -> "The tile's address, such as 0/x001/067 or entries/000.p/5.";
      case "id" -> "The id; it may contain slashes where record and key ids do.";
      case "until" -> "Index of the anchor that closes the period.";
      default -> throw new IllegalStateException("the API does not describe the parameter " + name);
    };
  }

  /** What a parameter's value is. */
  static Json parameterSchema(String name) {
    return switch (name) {
      case "index", "until", "before", "limit" -> Json.Obj.builder().put("type", "integer").build();
      default -> Json.Obj.builder().put("type", "string").build();
    };
  }

  static Json body(String what) {
    return Json.Obj.builder()
        .put("description", what)
        .put("required", false)
        .put("content", content(JSON, Optional.of("PackRequest")))
        .build();
  }

  static Json answer(Operation said) {
    String schema = SCHEMAS.get(said.id());
    return Json.Obj.builder()
        .put("description", schema == null ? said.summary() : "A " + schema + ".")
        .put("content", content(said.produces(), Optional.ofNullable(schema)))
        .build();
  }

  static Json problem(String why) {
    return Json.Obj.builder()
        .put("description", why)
        .put("content", content("application/problem+json", Optional.of("Problem")))
        .build();
  }

  private static Json content(String type, Optional<String> schema) {
    Json.Builder media = Json.Obj.builder();
    schema.ifPresent(
        name ->
            media.put(
                "schema", Json.Obj.builder().put("$ref", "#/components/schemas/" + name).build()));
    return Json.Obj.builder().put(type, media.build()).build();
  }

  /** The schemas that the operations refer to. */
  static Json schemas() {
    try (InputStream file = Descriptions.class.getResourceAsStream("/openapi-schemas.json")) {
      if (file == null) {
        throw new IllegalStateException("the program lacks openapi-schemas.json");
      }
      return Json.parseObject(file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Refused e) {
      throw new IllegalStateException("openapi-schemas.json cannot be read", e);
    }
  }
}
