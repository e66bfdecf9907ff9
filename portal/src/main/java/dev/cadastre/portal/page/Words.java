package dev.cadastre.portal.page;

import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.Side;
import dev.cadastre.ledger.search.TimeRange;
import dev.cadastre.portal.text.Foreign;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** How the pages say numbers, times and names. */
public final class Words {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("data.access", "Data access"),
          Map.entry("key.use", "Key use"),
          Map.entry("key.lifecycle", "Key lifecycle"),
          Map.entry("inference", "Inference"),
          Map.entry("model.load", "Model load"),
          Map.entry("egress", "Egress"),
          Map.entry("gateway.decision", "Gateway decision"),
          Map.entry("policy.decision", "Policy decision"),
          Map.entry("location.evidence", "Location evidence"),
          Map.entry("flow.edge", "Data flow"),
          Map.entry("lifecycle", "Data lifecycle"),
          Map.entry("drill", "Drill"),
          Map.entry("incident", "Incident"),
          Map.entry("disclosure.request", "Disclosure request"),
          Map.entry("publication", "Publication"),
          Map.entry("approval", "Approval"),
          Map.entry("mode", "Mode"),
          Map.entry("notice", "Notice"),
          Map.entry("finding", "Finding"),
          Map.entry("provenance", "Provenance"),
          Map.entry("sign.in", "Sign-in"),
          Map.entry("support.access", "Support access"),
          Map.entry("model.update", "Model update"),
          Map.entry("provisioning", "Provisioning"),
          Map.entry("resource.observed", "Resource observed"),
          Map.entry("portal.activity", "Portal activity"),
          Map.entry("operator.act", "Operator's act"),
          Map.entry("detectors.state", "Detectors' state"),
          Map.entry("other", "Other"),
          Map.entry("log.birth", "Birth of the log"),
          Map.entry("policy.adopted", "Policy adopted"),
          Map.entry("anchor", "Anchor"));

  /** A moment for {@code <time>}: {@code iso} for machines, {@code utc} to read. */
  public record Stamp(String iso, String utc) {
    public static Stamp of(Instant instant) {
      return new Stamp(DateTimeFormatter.ISO_INSTANT.format(instant), UTC.format(instant));
    }

    /** Of unix nanoseconds. */
    public static Stamp of(long ns) {
      return of(TimeRange.instant(ns));
    }
  }

  private Words() {}

  /** 12481 as 12,481. */
  public static String number(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** "1 event", "2 events". */
  public static String count(long n, String one, String many) {
    return number(n) + " " + (n == 1 ? one : many);
  }

  /** Who told an entry, as its credential shows. */
  public static String side(Side side) {
    return switch (side) {
      case VENDOR -> "the vendor";
      case CUSTOMER -> "the customer";
      case CELL -> "the cell itself";
    };
  }

  public static String kind(String wire) {
    String known = KINDS.get(wire);
    return known == null ? Foreign.of(wire) : known;
  }

  /**
   * A length of time with two digits of meaning: "840 ms", "12.4 s", "3 min 20 s", "2 h", "4 d 3
   * h".
   */
  public static String duration(Duration time) {
    if (time.isNegative()) {
      return "−" + duration(time.negated());
    }
    long seconds = time.toSeconds();
    if (seconds < 1) {
      return time.toMillis() + " ms";
    }
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
    if (seconds < 3600) {
      return whole(seconds, 60, "min", 1, "s");
    }
    return seconds < 86_400
        ? whole(seconds, 3600, "h", 60, "min")
        : whole(seconds, 86_400, "d", 3600, "h");
  }

  private static String whole(long seconds, long largeS, String large, long smallS, String small) {
    long rest = seconds % largeS / smallS;
    return seconds / largeS + " " + large + (rest == 0 ? "" : " " + rest + " " + small);
  }

  /** A length of time that was stated in whole seconds: "45 s", "5 min". */
  public static String seconds(long seconds) {
    return seconds < 60 ? seconds + " s" : duration(Duration.ofSeconds(seconds));
  }

  /** What an outcome means, in one sentence. */
  public static String meaning(Outcome outcome) {
    return switch (outcome) {
      case COMPLIANT -> "Everything that the contract speaks of was where it allows.";
      case EXCEPTION ->
          "Outside the general rule, but covered by an exception that the contract names.";
      case UNPROVEN -> "What was reported does not suffice to tell whether the contract was kept.";
      case PREVENTED -> "The contract would not have been kept, but the attempt was refused.";
      case VIOLATION -> "The contract was not kept.";
    };
  }

  /** A hash shortened for running text; the whole hash is in the title beside it. */
  public static String brief(String hex) {
    return hex.length() <= 16 ? hex : hex.substring(0, 8) + "…" + hex.substring(hex.length() - 6);
  }

  public static String label(Outcome outcome) {
    return switch (outcome) {
      case COMPLIANT -> "Compliant";
      case EXCEPTION -> "Under an exception";
      case UNPROVEN -> "Unproven";
      case PREVENTED -> "Prevented";
      case VIOLATION -> "Violations";
    };
  }
}
