package dev.cadastre.ingest.record;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.request.EventSink;
import dev.cadastre.ingest.request.Refusal;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ingest.wire.Mark;
import dev.cadastre.ingest.wire.Telemetry;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.vault.Pseudonyms;
import dev.cadastre.ledger.vault.RecordSalts;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides for one request into which log each record goes. Reads each log's policy once. */
final class Routes {
  private static final Duration PROVISIONING = Duration.ofSeconds(30);

  /** What stands for a tenant given as anything but a string: no log can be called so. */
  private static final String NOT_A_STRING = "(not a string)";

  private static final String SEVERAL = "(several)";

  private final Sender sender;
  private final EventSink sink;
  private final Map<String, Route> routes = new HashMap<>();
  private final Map<LogName, RecordSalts> salts = new HashMap<>();
  private final Map<LogName, Optional<Pseudonyms>> pseudonyms = new HashMap<>();

  Routes(Sender sender, EventSink sink) {
    this.sender = sender;
    this.sink = sink;
  }

  /**
   * Where a record goes.
   *
   * @param policy what it is judged by
   * @param problem why it goes to the cell's own log, if it does
   * @param persons who is kept out of it
   */
  record Route(
      LogName log, Optional<AdoptedPolicy> policy, String problem, PrivatePersons persons) {
    Route(LogName log, Optional<AdoptedPolicy> policy, String problem) {
      this(log, policy, problem, PrivatePersons.of(policy));
    }
  }

  /**
   * Routes a record.
   *
   * @param ofResource the tenant its Resource names
   * @param ofRecord the tenant it names itself, which counts for more
   * @throws Rejected if the sender may not write to that tenant
   */
  Route route(Optional<String> ofResource, Optional<String> ofRecord) throws Rejected {
    if (sender.tenant().isPresent()) {
      LogName own = sender.tenant().get();
      requireOwn(own, ofResource);
      requireOwn(own, ofRecord);
      return ownRoute(own);
    }
    return routes.computeIfAbsent(
        ofRecord.or(() -> ofResource).orElse(""), named -> routeOf(named));
  }

  private static void requireOwn(LogName own, Optional<String> named) throws Rejected {
    if (named.isPresent() && !named.get().equals(own.value())) {
      throw Rejected.of(
          Refusal.Reason.FORBIDDEN,
          "the token is bound to tenant "
              + own
              + "; the request names another one in "
              + Names.TENANT_ID);
    }
  }

  /** The salts of a log's records that have ids. */
  RecordSalts salts(LogName log) {
    return salts.computeIfAbsent(log, sink::salts);
  }

  /** The pseudonyms of persons in a log now, unless its policy wants none. */
  Optional<Pseudonyms> pseudonyms(Route route) {
    return route.policy().map(one -> one.policy().pseudonyms()).orElse(true)
        ? pseudonyms.computeIfAbsent(route.log(), sink::pseudonyms)
        : Optional.empty();
  }

  private Route ownRoute(LogName own) throws Rejected {
    Route known = routes.get(own.value());
    if (known != null) {
      return known;
    }
    if (!sink.has(own)) {
      throw Rejected.retry(
          Refusal.Reason.UNAVAILABLE,
          "tenant " + own + " has no log in this cell yet",
          PROVISIONING);
    }
    Route route = new Route(own, sink.policy(own), "");
    routes.put(own.value(), route);
    return route;
  }

  private Route routeOf(String named) {
    if (named.isEmpty()) {
      return cell("no tenant: neither the record nor its resource has " + Names.TENANT_ID);
    }
    try {
      LogName log = LogName.parse(named);
      if (!log.reserved() && sink.has(log)) {
        return new Route(log, sink.policy(log), "");
      }
      return cell("tenant " + log + " is not known in this cell");
    } catch (Refused e) {
      return cell(Names.TENANT_ID + " is not the name of a tenant");
    }
  }

  private Route cell(String problem) {
    return new Route(LogName.CELL, sink.policy(LogName.CELL), problem);
  }

  static Optional<String> tenant(Telemetry record) {
    return record.mayHave(Mark.TENANT) ? tenant(record.attributes()) : Optional.empty();
  }

  /** The tenant that attributes name; empty if they name none. */
  static Optional<String> tenant(List<KeyValue> attributes) {
    String tenant = "";
    for (KeyValue attribute : attributes) {
      if (attribute.getKey().equals(Names.TENANT_ID)) {
        String text =
            attribute.getValue().hasStringValue()
                ? attribute.getValue().getStringValue()
                : NOT_A_STRING;
        tenant = tenant.isEmpty() || tenant.equals(text) ? text : SEVERAL;
      }
    }
    return Optional.of(tenant).filter(t -> !t.isEmpty());
  }
}
