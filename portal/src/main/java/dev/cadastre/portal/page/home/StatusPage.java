package dev.cadastre.portal.page.home;

import dev.cadastre.anchors.Anchors;
import dev.cadastre.ledger.model.Health;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Templates;
import dev.cadastre.portal.page.Words;
import dev.cadastre.portal.services.OncePerSecond;
import dev.cadastre.portal.services.PortalServices;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How the cell is doing, for everyone; it names no tenant and counts none. */
public final class StatusPage {
  private static final Duration OVERDUE = Duration.ofHours(26);

  private final PortalServices rooms;
  private final Templates html;
  private final OncePerSecond<Long> mostLag;

  public StatusPage(PortalServices rooms, Templates html) {
    this.rooms = rooms;
    this.html = html;
    this.mostLag = new OncePerSecond<>(this::mostLag);
  }

  /** One thing that is well or not. */
  public record Item(String name, boolean well, String says) {}

  /** Everything the page shows. */
  public record View(boolean well, String headline, Words.Stamp now, List<Item> items) {}

  public void show(Call call) {
    html.page(call, "status", view());
  }

  private View view() {
    List<Item> items = List.of(accepting(), logs(), clock(), anchored(), indexed());
    boolean well = items.stream().allMatch(Item::well);
    return new View(
        well,
        well ? "Everything is well" : "Something needs attention",
        Words.Stamp.of(rooms.clock().instant()),
        items);
  }

  private Item accepting() {
    Health health = rooms.ledger().health();
    long percent = health.queuedBytes() * 100 / Math.max(1, health.queueBytes());
    String says =
        health.accepting()
            ? "Events are accepted and are on disk before their sender gets an answer. The queue is"
                + " "
                + percent
                + " % full."
            : "No event is accepted: "
                + health.reason().orElse("no reason was given")
                + ". What was accepted before is safe.";
    return new Item("Accepting events", health.accepting(), says);
  }

  private Item logs() {
    return rooms.ledger().stopped().isEmpty()
        ? new Item("Logs", true, "Every log goes on from what was signed of it.")
        : new Item(
            "Logs",
            false,
            "A log is stopped: what is stored of it is damaged, or is not what was signed. Its"
                + " readers are told which and why, and anchors leave it out. All other logs go"
                + " on.");
  }

  private Item clock() {
    Health health = rooms.ledger().health();
    return health.isAheadOfClock()
        ? new Item(
            "Clock",
            false,
            "The log is ahead of the clock by "
                + Words.duration(health.aheadOfClock())
                + ": every entry is given the time of the one before until the clock has caught"
                + " up.")
        : new Item("Clock", true, "The clock is not behind the newest entry.");
  }

  private Item anchored() {
    Optional<Anchors.Anchor> newest = rooms.anchors().newest();
    if (newest.isEmpty()) {
      return new Item("Anchors", false, "No anchor was made yet.");
    }
    Words.Stamp made = Words.Stamp.of(newest.get().event().time());
    Duration age = Duration.between(newest.get().time(), rooms.clock().instant());
    String says =
        "The newest was made at "
            + made.utc()
            + (age.isNegative() ? ", which is yet to come." : ", " + Words.duration(age) + " ago.")
            + (newest.get().event().incomplete() ? " It leaves out a log that is stopped." : "");
    return new Item(
        "Anchors", age.compareTo(OVERDUE) < 0 && !newest.get().event().incomplete(), says);
  }

  private long mostLag() {
    return rooms.ledger().logs().stream()
        .filter(log -> !log.equals(LogName.ANCHORS))
        .mapToLong(log -> rooms.search().lag(log))
        .max()
        .orElse(0);
  }

  private Item indexed() {
    long lag = mostLag.get();
    String says =
        lag == 0
            ? "Lists show everything that is in the logs."
            : "Lists are at most " + Words.count(lag, "entry", "entries") + " behind the logs.";
    String rebuilt =
        rooms.search().rebuilt()
            ? " The search index was not as the logs have it, and was dropped and built again from"
                + " them."
            : "";
    return new Item("Search", lag < 100_000, says + rebuilt);
  }
}
