package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.Attempt;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.policy.Sinks;
import dev.cadastre.formats.policy.Sinks.Holds;
import dev.cadastre.formats.policy.Sinks.Store;
import dev.cadastre.formats.registry.Place;
import dev.cadastre.formats.residency.DeclaredHosts;
import dev.cadastre.formats.residency.GlobalEndpoints;
import dev.cadastre.formats.text.FixedUnicode;
import dev.cadastre.formats.value.Names;
import dev.cadastre.proof.detect.Approvals.Reference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Habits that undo residency even where every rule is kept. Each is visible in one record. */
final class HabitDetector implements Detectors.Detector {
  private static final Set<String> LOG_CATEGORIES =
      Set.of("log", "logs", "raw-logs", "application-logs", "audit-logs", "telemetry", "siem");
  private static final Set<String> ARTIFACT_CATEGORIES =
      Set.of("artifact", "artifacts", "ci-artifact", "ci-artifacts", "container-image", "build");
  private static final Set<String> BY_IP = Set.of("ip", "geoip", "geo-ip", "ip-geolocation");
  private static final List<String> ANALYTICS =
      List.of(
          "google-analytics.com",
          "analytics.google.com",
          "googletagmanager.com",
          "segment.io",
          "segment.com",
          "mixpanel.com",
          "amplitude.com",
          "hotjar.com",
          "fullstory.com",
          "heap.io",
          "heapanalytics.com",
          "mouseflow.com",
          "connect.facebook.net",
          "posthog.com");

  /** Attributes in which a record names a store. */
  private static final List<String> NAMING =
      List.of(Names.DATA_OBJECT_ID, Names.AUDIT_TARGET_ID, Names.SERVER_ADDRESS);

  private final Approvals approvals;

  HabitDetector(Approvals approvals) {
    this.approvals = approvals;
  }

  @Override
  public void see(Sighting sighting, Consumer<Alert> alerts) {
    byIp(sighting).ifPresent(alerts);
    if (Attempt.of(sighting.event()) == Attempt.REFUSED) {
      return;
    }
    logs(sighting).ifPresent(alerts);
    backup(sighting).ifPresent(alerts);
    host(sighting).ifPresent(alerts);
    analytics(sighting).ifPresent(alerts);
    undeclared(sighting).ifPresent(alerts);
    artifact(sighting).ifPresent(alerts);
  }

  /** The store of the policy's that holds such things and that the record names. */
  private static Optional<Map.Entry<String, Store>> store(Sighting sighting, Holds what) {
    Optional<Sinks> sinks =
        sighting.inForce().policy().map(Policy::sinks).filter(one -> !one.isEmpty());
    return sinks.flatMap(
        known ->
            known.named(
                what,
                NAMING.stream()
                    .flatMap(name -> sighting.event().attributes().strings(name).stream())
                    .toList()));
  }

  /** Where something is kept, by the record or else by what the policy says of the store. */
  private static Optional<Place> keptAt(
      Sighting sighting, Hop hop, Optional<Map.Entry<String, Store>> store) {
    return sighting
        .at(hop)
        .or(
            () ->
                store
                    .flatMap(one -> one.getValue().place())
                    .flatMap(place -> sighting.places().of(place)));
  }

  /** What is said of it: the store that the policy names, or the categories. */
  private static String what(Sighting sighting, Optional<Map.Entry<String, Store>> store) {
    return store.map(one -> "store " + one.getKey()).orElseGet(() -> categories(sighting));
  }

  private static Optional<Alert> logs(Sighting sighting) {
    Optional<Map.Entry<String, Store>> store = store(sighting, Holds.LOGS);
    Optional<String> from = sighting.country(Hop.PROCESSING);
    Optional<String> to = keptAt(sighting, Hop.STORAGE, store).flatMap(Place::country);
    boolean abroad = from.isPresent() && to.isPresent() && !from.equals(to);
    return abroad && (store.isPresent() || isOf(sighting.event(), LOG_CATEGORIES))
        ? Optional.of(
            sighting.alert(
                Alert.Kind.CENTRAL_LOGGING, from.get() + " -> " + to.get(), what(sighting, store)))
        : Optional.empty();
  }

  /** A record that names a store of backups, and no backup, says of its storage where that is. */
  private Optional<Alert> backup(Sighting sighting) {
    Optional<Map.Entry<String, Store>> store = store(sighting, Holds.BACKUPS);
    boolean named = store.isPresent() && sighting.event().locations().get(Hop.BACKUP) == null;
    Optional<Place> backup = named ? keptAt(sighting, Hop.STORAGE, store) : sighting.at(Hop.BACKUP);
    Optional<String> to = backup.flatMap(Place::country);
    Optional<String> home =
        (named ? Optional.<String>empty() : sighting.country(Hop.STORAGE))
            .or(() -> sighting.country(Hop.PROCESSING));
    boolean abroad = to.isPresent() && home.isPresent() && !to.equals(home);
    return abroad && !isAllowed(sighting, backup)
        ? Optional.of(
            sighting.alert(
                Alert.Kind.BACKUP_ABROAD,
                home.get() + " -> " + to.get(),
                "no exception and no approval"))
        : Optional.empty();
  }

  /** Whether an approval holds that lets the backup be where it is. */
  private boolean isApproved(Sighting sighting, Optional<Place> backup) {
    return approvals
        .reference(sighting)
        .flatMap(Reference::approval)
        .filter(one -> backup.filter(place -> one.covers(place, sighting.places())).isPresent())
        .isPresent();
  }

  /** An approval, or an exception of the policy for the backup. */
  private boolean isAllowed(Sighting sighting, Optional<Place> backup) {
    return isApproved(sighting, backup)
        || sighting.event().verdict().stream()
            .flatMap(verdict -> verdict.findings().stream())
            .anyMatch(one -> one.hop() == Hop.BACKUP && one.outcome() == Outcome.EXCEPTION);
  }

  private static Optional<Alert> host(Sighting sighting) {
    return sighting.event().attributes().strings(Names.SERVER_ADDRESS).stream()
        .map(HabitDetector::plain)
        .flatMap(host -> host(sighting, host).stream())
        .findFirst();
  }

  private static Optional<Alert> host(Sighting sighting, String host) {
    boolean named =
        sighting.inForce().policy().filter(one -> DeclaredHosts.isNamed(host, one)).isPresent();
    if (!named && isAnalytics(host)) {
      return Optional.of(sighting.alert(Alert.Kind.ANALYTICS_EGRESS, host, sender(sighting)));
    }
    boolean inference = sighting.event().kind() == Kind.INFERENCE;
    return inference && GlobalEndpoints.has(host)
        ? Optional.of(sighting.alert(Alert.Kind.GLOBAL_ENDPOINT, host, sender(sighting)))
        : Optional.empty();
  }

  private static boolean isAnalytics(String host) {
    return ANALYTICS.stream().anyMatch(known -> host.equals(known) || host.endsWith("." + known));
  }

  /** A store that the policy itself calls one of analytics. */
  private static Optional<Alert> analytics(Sighting sighting) {
    return store(sighting, Holds.ANALYTICS)
        .map(
            one ->
                sighting.alert(
                    Alert.Kind.ANALYTICS_EGRESS, "store " + one.getKey(), sender(sighting)));
  }

  /** Data, or a call to the outside, that goes where nobody said that it may. */
  private static Optional<Alert> undeclared(Sighting sighting) {
    RecordEvent event = sighting.event();
    boolean goes = event.kind() == Kind.EGRESS || !event.categories().isEmpty();
    return sighting
        .inForce()
        .policy()
        .filter(policy -> goes)
        .flatMap(policy -> DeclaredHosts.undeclared(event, policy, sighting.places().registry()))
        .map(host -> sighting.alert(Alert.Kind.UNDECLARED_HOST, host, sender(sighting)));
  }

  private static Optional<Alert> byIp(Sighting sighting) {
    return sighting
        .text(Names.EVIDENCE_TYPE)
        .filter(type -> BY_IP.contains(plain(type).replace('_', '-')))
        .map(
            type ->
                sighting.alert(Alert.Kind.GEO_BY_IP, sender(sighting), "evidence of type " + type));
  }

  private static Optional<Alert> artifact(Sighting sighting) {
    Optional<Map.Entry<String, Store>> store = store(sighting, Holds.ARTIFACTS);
    Optional<Place> from = sighting.at(Hop.PROCESSING);
    Optional<Place> to = keptAt(sighting, Hop.STORAGE, store);
    boolean moved = from.isPresent() && to.isPresent() && !from.get().id().equals(to.get().id());
    return moved && (store.isPresent() || isOf(sighting.event(), ARTIFACT_CATEGORIES))
        ? Optional.of(
            sighting.alert(
                Alert.Kind.ARTIFACT_MOVED,
                from.get().id() + " -> " + to.get().id(),
                what(sighting, store)))
        : Optional.empty();
  }

  private static boolean isOf(RecordEvent event, Set<String> categories) {
    return event.categories().stream().anyMatch(name -> categories.contains(plain(name)));
  }

  private static String categories(Sighting sighting) {
    return "category " + String.join(", ", sighting.event().categories());
  }

  private static String sender(Sighting sighting) {
    return sighting
        .event()
        .resourceAttributes()
        .string(Names.SERVICE_NAME)
        .orElse(sighting.event().sender());
  }

  private static String plain(String text) {
    return FixedUnicode.lowerCase(FixedUnicode.strip(text));
  }
}
