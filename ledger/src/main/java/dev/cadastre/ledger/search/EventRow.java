package dev.cadastre.ledger.search;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.Side;
import java.util.Map;
import java.util.Optional;

/**
 * What a list shows of one entry. It is read from the index, so it proves nothing; the entry does.
 *
 * @param timeNs the event's own time in unix nanoseconds, or that of its receipt where it has none
 * @param kind the event's kind as in the entry, {@code log.birth}, {@code policy.adopted} and
 *     {@code anchor} included
 * @param rule the rule behind the outcome: the first of the heaviest findings
 * @param repeat the earlier entry with the same record id, if there is one
 * @param side who told it: the vendor, the customer, or the cell
 * @param result what the sender says came of it ({@code audit.outcome})
 */
public record EventRow(
    long index,
    long timeNs,
    long receivedNs,
    String kind,
    Optional<Side> side,
    Optional<Outcome> outcome,
    Optional<String> rule,
    Optional<String> name,
    Optional<String> action,
    Optional<String> result,
    Optional<String> actor,
    Optional<String> target,
    Optional<String> category,
    Optional<String> purpose,
    Optional<String> key,
    Optional<String> operation,
    Optional<String> service,
    Map<Hop, Location> locations,
    Optional<Repeat> repeat) {}
