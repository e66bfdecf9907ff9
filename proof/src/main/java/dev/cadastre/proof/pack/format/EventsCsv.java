package dev.cadastre.proof.pack.format;

import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.text.CsvField;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The entries of a pack as a table for people with a spreadsheet: RFC 4180, one row an entry, texts
 * that a spreadsheet would run as a formula made harmless with an apostrophe. The verifier computes
 * the table again, so it shows nothing that the entries do not say.
 */
public final class EventsCsv {
  private static final List<String> COLUMNS =
      List.of(
          "index",
          "received",
          "time",
          "kind",
          "name",
          "actor_type",
          "action",
          "outcome",
          "category",
          "key_id",
          "key_operation",
          "processing_place",
          "storage_place",
          "key_place",
          "verdict",
          "rules",
          "leaf_hash");
  private static final BigInteger NS_PER_S = BigInteger.valueOf(1_000_000_000);

  private EventsCsv() {}

  /** The first row. */
  public static byte[] header() {
    return row(COLUMNS);
  }

  /** The row of one entry. */
  public static byte[] row(Entry entry, Event event) {
    if (event instanceof RecordEvent one) {
      return row(record(entry, one));
    }
    String index = Long.toString(entry.index());
    String received = time(entry.received());
    String kind = event.kindWire();
    String leaf = entry.leafHash().hex();
    return row(
        List.of(index, received, "", kind, "", "", "", "", "", "", "", "", "", "", "", "", leaf));
  }

  private static List<String> record(Entry entry, RecordEvent event) {
    Attributes attributes = event.attributes();
    return List.of(
        Long.toString(entry.index()),
        time(entry.received()),
        event.claimedTime() == 0 ? "" : time(event.claimedTime()),
        event.kindWire(),
        event.name(),
        text(attributes, Names.AUDIT_ACTOR_TYPE),
        text(attributes, Names.AUDIT_ACTION),
        text(attributes, Names.AUDIT_OUTCOME),
        String.join(" ", attributes.strings(Names.DATA_CATEGORY)),
        text(attributes, Names.KEY_ID),
        text(attributes, Names.KEY_OPERATION),
        place(event, Hop.PROCESSING),
        place(event, Hop.STORAGE),
        place(event, Hop.KEY),
        event.verdict().map(verdict -> verdict.outcome().wire()).orElse(""),
        event.verdict().map(verdict -> rules(verdict.findings())).orElse(""),
        entry.leafHash().hex());
  }

  private static String text(Attributes attributes, String name) {
    return attributes.string(name).orElse("");
  }

  private static String place(RecordEvent event, Hop hop) {
    return Optional.ofNullable(event.locations().get(hop)).map(EventsCsv::place).orElse("");
  }

  private static String place(Location location) {
    return location.assurance() == Assurance.CONTRADICTED
        ? location.place() + " (contradicted)"
        : location.place();
  }

  private static String rules(List<Finding> findings) {
    return findings.stream().map(Finding::rule).distinct().collect(Collectors.joining(" "));
  }

  /** Unsigned nanoseconds since 1970 as ISO 8601 in UTC. */
  private static String time(long unixNs) {
    BigInteger[] parts = new BigInteger(Long.toUnsignedString(unixNs)).divideAndRemainder(NS_PER_S);
    return Instant.ofEpochSecond(parts[0].longValue(), parts[1].longValue()).toString();
  }

  private static byte[] row(List<String> fields) {
    String row = fields.stream().map(CsvField::of).collect(Collectors.joining(",", "", "\r\n"));
    return row.getBytes(StandardCharsets.UTF_8);
  }
}
