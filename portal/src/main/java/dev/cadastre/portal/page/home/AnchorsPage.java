package dev.cadastre.portal.page.home;

import dev.cadastre.anchors.Anchors;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.ledger.model.SignedCheckpoint;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Problem;
import dev.cadastre.portal.http.Templates;
import dev.cadastre.portal.page.Words;
import dev.cadastre.portal.page.events.ProofSteps;
import dev.cadastre.portal.page.events.ProofView;
import dev.cadastre.portal.services.PortalServices;
import dev.cadastre.portal.text.Foreign;
import dev.cadastre.proof.note.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The public log of anchors, for everyone. */
public final class AnchorsPage {
  private static final int PER_PAGE = 50;

  private final PortalServices rooms;
  private final Templates html;

  public AnchorsPage(PortalServices rooms, Templates html) {
    this.rooms = rooms;
    this.html = html;
  }

  /** One anchor. */
  public record Row(
      String index,
      String href,
      String date,
      Words.Stamp time,
      String leaves,
      String root,
      String note) {
    static Row of(Anchors.Anchor anchor) {
      return new Row(
          Long.toString(anchor.index()),
          "/anchors/" + anchor.index(),
          anchor.event().date(),
          Words.Stamp.of(anchor.event().time()),
          Words.number(anchor.event().leaves()),
          anchor.event().root().hex(),
          note(anchor.event()));
    }

    /** What sets it apart from other anchors; empty for most. */
    private static String note(AnchorEvent event) {
      if (event.takenBack().isPresent()) {
        return "logs were taken back";
      }
      return event.incomplete() ? "incomplete: leaves out a log that is stopped" : "";
    }
  }

  /** The list; {@code more} is the address of older anchors, or empty. */
  public record ListView(List<Row> rows, String more, String checkpoint, List<String> keys) {}

  /** One anchor with its proof. */
  public record AnchorView(Row row, String bytes, String before, ProofView proof) {}

  public void list(Call call) throws Refused {
    List<Anchors.Anchor> anchors = before(call.queryNumber("before").orElse(Long.MAX_VALUE));
    String more =
        anchors.size() < PER_PAGE
            ? ""
            : "/anchors?before=" + anchors.get(anchors.size() - 1).index();
    String checkpoint = rooms.anchorsLog().checkpoint().note().format();
    List<String> keys =
        ProofSteps.keys(rooms.anchorsLog()).stream().map(VerifierKey::format).toList();
    html.page(
        call,
        "anchors",
        new ListView(anchors.stream().map(Row::of).toList(), more, checkpoint, keys));
  }

  private List<Anchors.Anchor> before(long end) {
    List<Anchors.Anchor> found = new ArrayList<>();
    for (long index = Math.min(end, rooms.anchors().logSize()) - 1;
        index > 0 && found.size() < PER_PAGE;
        index--) {
      rooms.anchors().find(index).ifPresent(found::add);
    }
    return found;
  }

  public void one(Call call) throws Refused {
    long index = call.index("index");
    Optional<Anchors.Anchor> anchor = rooms.anchors().find(index);
    if (anchor.isEmpty()) {
      throw Problem.notFound("The public log has no anchor at " + index + ".");
    }
    Entry entry = rooms.anchorsLog().entry(index);
    SignedCheckpoint checkpoint = rooms.anchorsLog().checkpoint();
    List<ProofView.Step> steps = new ProofSteps(rooms.anchorsLog(), entry).toCheckpoint(checkpoint);
    ProofView proof =
        new ProofView(steps.stream().allMatch(step -> step.state().equals("ok")), steps);
    String before =
        anchor.get().event().previous().isPresent()
            ? "/anchors/" + anchor.get().event().previous().getAsLong()
            : "";
    String bytes = Foreign.lines(new String(entry.bytes(), StandardCharsets.UTF_8));
    html.page(call, "anchor", new AnchorView(Row.of(anchor.get()), bytes, before, proof));
  }
}
