package dev.cadastre.portal.page.events;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.ledger.access.Permission;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.SignedCheckpoint;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Problem;
import dev.cadastre.portal.http.Templates;
import dev.cadastre.portal.page.AlertLines;
import dev.cadastre.portal.page.ContractWords;
import dev.cadastre.portal.page.Links;
import dev.cadastre.portal.page.Values;
import dev.cadastre.portal.page.Words;
import dev.cadastre.portal.services.PortalServices;
import dev.cadastre.portal.text.Foreign;
import dev.cadastre.proof.anchor.AnchorReceipt;
import dev.cadastre.proof.detect.Alert;
import dev.cadastre.proof.detect.OrderViolations;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One entry: what it says in words, its exact bytes, and its proof taken step by step. */
public final class EntryPage {
  private final PortalServices rooms;
  private final Templates html;

  public EntryPage(PortalServices rooms, Templates html) {
    this.rooms = rooms;
    this.html = html;
  }

  /**
   * Private attributes of an entry.
   *
   * @param digests how many the entry holds
   * @param shown those that the visitor may see
   * @param note why no more are shown
   */
  public record Private(int digests, List<ProofView.Fact> shown, String note) {}

  /**
   * What the entries before this one show of it.
   *
   * @param outcome {@code violation} where they show one that is not in the verdict, else empty
   * @param meaning what the violation is
   * @param note that nothing is known yet, or empty
   */
  public record Order(String outcome, String meaning, List<AlertLines.Line> alerts, String note) {}

  /** Everything the page shows. */
  public record View(
      String index,
      EntryWords.Told told,
      Order order,
      Private hidden,
      String bytes,
      String length,
      String raw,
      String tlogProof,
      String receipt,
      ProofView proof,
      String before,
      String after) {}

  public void show(Call call) throws Refused {
    LogReader reader = rooms.ledger().reader(call.log());
    long index = call.index("index");
    if (index >= reader.size()) {
      throw Problem.notFound(
          "The log has no entry " + index + ". Its newest is " + (reader.size() - 1) + ".");
    }
    html.page(call, "entry", view(call, reader, reader.entry(index)));
  }

  private View view(Call call, LogReader reader, Entry entry) throws Refused {
    LogName log = call.log();
    Event event = EventCodec.decode(entry.eventBytes());
    String base = "/logs/" + log.value() + "/entries/" + entry.index();
    return new View(
        Words.number(entry.index()),
        words(log, reader, event).tell(entry, event),
        order(log, entry, event),
        hidden(call, entry, event),
        Foreign.lines(new String(entry.bytes(), StandardCharsets.UTF_8)),
        Words.count(entry.bytes().length, "byte", "bytes"),
        base,
        base + "/proof",
        event instanceof RecordEvent record && !record.id().isEmpty()
            ? Links.receipt(log, record.id())
            : "",
        proof(log, reader, entry),
        entry.index() == 0 ? "" : Links.entry(log, entry.index() - 1),
        entry.index() + 1 < reader.size() ? Links.entry(log, entry.index() + 1) : "");
  }

  private Order order(LogName log, Entry entry, Event event) {
    if (entry.index() >= rooms.search().indexed(log)) {
      return new Order(
          "",
          "",
          List.of(),
          "The index has yet to read this entry; what its order shows, is not known.");
    }
    List<Alert> alerts = rooms.search().alerts(log, entry.index());
    Optional<Finding> shown =
        alerts.stream().flatMap(alert -> OrderViolations.finding(alert).stream()).findFirst();
    boolean more =
        event instanceof RecordEvent record
            && record.verdict().filter(said -> said.outcome() != Outcome.VIOLATION).isPresent();
    return new Order(
        more ? shown.map(found -> found.outcome().wire()).orElse("") : "",
        shown.map(found -> ContractWords.broken(found.rule())).orElse(""),
        AlertLines.of(log, alerts),
        "");
  }

  /** With the policy that judged this entry, which need not be the one in force now. */
  private EntryWords words(LogName log, LogReader reader, Event event) throws Refused {
    Registry registry =
        rooms.ledger().policy(log).map(AdoptedPolicy::registry).orElseGet(Registry::standard);
    if (event instanceof RecordEvent record && record.verdict().isPresent()) {
      Entry adopted = reader.entry(record.verdict().get().policy());
      if (EventCodec.decode(adopted.eventBytes()) instanceof PolicyAdoption adoption) {
        return new EntryWords(log, registry, Optional.of(Policy.fromJson(adoption.policy())));
      }
    }
    return new EntryWords(log, registry, Optional.empty());
  }

  private ProofView proof(LogName log, LogReader reader, Entry entry) throws Refused {
    SignedCheckpoint checkpoint = reader.checkpoint();
    ProofSteps walk = new ProofSteps(reader, entry);
    List<ProofView.Step> steps = walk.toCheckpoint(checkpoint);
    Optional<AnchorReceipt> receipt =
        rooms
            .anchors()
            .covering(log, entry.index())
            .flatMap(held -> rooms.anchors().receipt(log, held.anchor().index()));
    steps =
        receipt.isPresent() ? walk.toAnchor(rooms.anchorsLog(), receipt.get()) : walk.notAnchored();
    return new ProofView(
        steps.stream().noneMatch(step -> step.state().equals("failed")), List.copyOf(steps));
  }

  private Private hidden(Call call, Entry entry, Event event) throws Refused {
    int digests =
        event instanceof RecordEvent record
            ? record.attributes().sd().size() + record.resourceAttributes().sd().size()
            : 0;
    if (digests == 0) {
      return new Private(0, List.of(), "");
    }
    if (!call.may(Permission.READ_PRIVATE)) {
      return new Private(
          digests, List.of(), "Only an auditor's token shows what stands behind them.");
    }
    List<ProofView.Fact> shown = new ArrayList<>();
    for (Disclosure disclosure : rooms.ledger().disclosures(call.log(), entry.index())) {
      shown.add(
          new ProofView.Fact(
              Foreign.of(disclosure.name()), Foreign.whole(Values.text(disclosure.value()))));
    }
    String note =
        shown.size() < digests
            ? "Of "
                + (digests - shown.size())
                + " the content was destroyed or is not kept here; the proof does not depend on it."
            : "";
    return new Private(digests, shown, note);
  }
}
