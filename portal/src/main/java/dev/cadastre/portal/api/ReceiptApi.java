package dev.cadastre.portal.api;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Side;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ingest.record.LoggedTexts;
import dev.cadastre.ledger.access.Role;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Problem;
import dev.cadastre.portal.services.PortalServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The receipt of a record by the sender's own id, with its proof. */
public final class ReceiptApi {
  /** How much of the log that the index does not hold yet is searched entry by entry. */
  private static final long TAIL = 20_000;

  private final PortalServices rooms;

  public ReceiptApi(PortalServices rooms) {
    this.rooms = rooms;
  }

  /** By the id in the path. */
  public void receipt(Call call) throws Refused {
    receipt(call, call.path("id"));
  }

  /** By the parameter {@code id}: an id may hold what no path survives. */
  public void named(Call call) throws Refused {
    Optional<String> id = call.exact("id");
    receipt(call, id.orElseThrow(() -> new Refused("name the record by 'id'")));
  }

  private void receipt(Call call, String id) throws Refused {
    LogReader log = rooms.ledger().reader(call.log());
    List<Long> found =
        ownFirst(call, log, find(call.log(), log, LoggedTexts.of(rooms.ledger(), call.log(), id)));
    if (found.isEmpty()) {
      throw Problem.notFound("No entry carries that record id.");
    }
    call.json(receipt(log, id, found));
  }

  /** The vendor's and the customer's side may have the same id: a counterpart's is its own. */
  private static List<Long> ownFirst(Call call, LogReader log, List<Long> found) throws Refused {
    if (found.size() < 2 || call.who().role() != Role.COUNTERPART) {
      return found;
    }
    List<Long> sorted = new ArrayList<>();
    List<Long> others = new ArrayList<>();
    for (long index : found) {
      Side side = Side.of(EventCodec.decode(log.entry(index).eventBytes()));
      (side == Side.CUSTOMER ? sorted : others).add(index);
    }
    sorted.addAll(others);
    return sorted;
  }

  private List<Long> find(LogName name, LogReader log, String id) throws Refused {
    List<Long> found = new ArrayList<>(rooms.search().byRecordId(name, id));
    long size = log.size();
    long from = Math.max(size - TAIL, size - rooms.search().lag(name));
    log.entries(
        from,
        size,
        entry -> {
          if (carries(entry, id) && !found.contains(entry.index())) {
            found.add(entry.index());
          }
        });
    return found;
  }

  private static boolean carries(Entry entry, String id) {
    try {
      return EventCodec.decode(entry.eventBytes()) instanceof RecordEvent record
          && record.id().equals(id);
    } catch (Refused damage) {
      throw new IllegalStateException(
          "entry " + entry.index() + " is in the log but cannot be read", damage);
    }
  }

  private static Json receipt(LogReader log, String id, List<Long> found) throws Refused {
    Entry entry = log.entry(found.get(0));
    log.checkpoint();
    return Json.Obj.builder()
        .put("recordId", id)
        .put("origin", log.origin())
        .put("index", entry.index())
        .put("leafHash", entry.leafHash().hex())
        .put("integrityHash", Hash.sha256(entry.eventBytes()).hex())
        .put("received", Long.toString(entry.received()))
        .put("sinkTimestamp", Long.toString(entry.received()))
        .put("proof", log.proof(entry.index()).format())
        .put(
            "repeats",
            new Json.Arr(found.stream().skip(1).map(index -> (Json) Json.of(index)).toList()))
        .build();
  }
}
