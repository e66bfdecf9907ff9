package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.Attempt;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.registry.Place;
import dev.cadastre.formats.residency.GlobalEndpoints;
import dev.cadastre.formats.text.FixedUnicode;
import dev.cadastre.formats.value.Names;
import dev.cadastre.proof.detect.Approvals.Reference;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Habits that undo residency even where every rule is kept. Each is visible in one record. */
final class HabitDetector implements Detector {
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
    keptAbroad(sighting, LOG_CATEGORIES, Alert.Kind.CENTRAL_LOGGING).ifPresent(alerts);
    backup(sighting).ifPresent(alerts);
    host(sighting).ifPresent(alerts);
    artifact(sighting).ifPresent(alerts);
  }

  private static Optional<Alert> keptAbroad(
      Sighting sighting, Set<String> categories, Alert.Kind kind) {
    Optional<String> from = sighting.country(Hop.PROCESSING);
    Optional<String> to = sighting.country(Hop.STORAGE);
    boolean abroad = from.isPresent() && to.isPresent() && !from.equals(to);
    return abroad && isOf(sighting.event(), categories)
        ? Optional.of(sighting.alert(kind, from.get() + " -> " + to.get(), categories(sighting)))
        : Optional.empty();
  }

  private Optional<Alert> backup(Sighting sighting) {
    Optional<String> backup = sighting.country(Hop.BACKUP);
    Optional<String> home =
        sighting.country(Hop.STORAGE).or(() -> sighting.country(Hop.PROCESSING));
    boolean abroad = backup.isPresent() && home.isPresent() && !backup.equals(home);
    return abroad && !isAllowed(sighting)
        ? Optional.of(
            sighting.alert(
                Alert.Kind.BACKUP_ABROAD,
                home.get() + " -> " + backup.get(),
                "no exception and no approval"))
        : Optional.empty();
  }

  /** Whether an approval holds that lets the backup be where it is. */
  private boolean isApproved(Sighting sighting) {
    return approvals
        .reference(sighting)
        .flatMap(Reference::approval)
        .filter(
            one ->
                sighting
                    .at(Hop.BACKUP)
                    .filter(place -> one.covers(place, sighting.places()))
                    .isPresent())
        .isPresent();
  }

  /** An approval, or an exception of the policy for the backup. */
  private boolean isAllowed(Sighting sighting) {
    return isApproved(sighting)
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
    if (ANALYTICS.stream().anyMatch(known -> host.equals(known) || host.endsWith("." + known))) {
      return Optional.of(sighting.alert(Alert.Kind.ANALYTICS_EGRESS, host, sender(sighting)));
    }
    boolean inference = sighting.event().kind() == Kind.INFERENCE;
    return inference && GlobalEndpoints.has(host)
        ? Optional.of(sighting.alert(Alert.Kind.GLOBAL_ENDPOINT, host, sender(sighting)))
        : Optional.empty();
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
    Optional<Place> from = sighting.at(Hop.PROCESSING);
    Optional<Place> to = sighting.at(Hop.STORAGE);
    boolean moved = from.isPresent() && to.isPresent() && !from.get().id().equals(to.get().id());
    return moved && isOf(sighting.event(), ARTIFACT_CATEGORIES)
        ? Optional.of(
            sighting.alert(
                Alert.Kind.ARTIFACT_MOVED,
                from.get().id() + " -> " + to.get().id(),
                categories(sighting)))
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
