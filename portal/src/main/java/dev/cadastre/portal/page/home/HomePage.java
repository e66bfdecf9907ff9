package dev.cadastre.portal.page.home;

import dev.cadastre.anchors.Anchors;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.access.Permission;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Templates;
import dev.cadastre.portal.page.Links;
import dev.cadastre.portal.page.Words;
import dev.cadastre.portal.page.events.ProofSteps;
import dev.cadastre.portal.services.PortalServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The front page, and the page on verifying; both say what this is to someone who has never seen
 * it.
 */
public final class HomePage {
  private final PortalServices rooms;
  private final Templates html;

  public HomePage(PortalServices rooms, Templates html) {
    this.rooms = rooms;
    this.html = html;
  }

  /** A log that the visitor may open. */
  public record Tenant(String name, String href, String entries) {}

  /** The front page. {@code tenants} is empty but for those who may open all of them. */
  public record View(boolean sound, String headline, String anchorText, List<Tenant> tenants) {}

  /** The page on verifying. */
  public record VerifyView(List<String> anchorKeys, String ledger) {}

  public void show(Call call) throws Refused {
    boolean accepting = rooms.ledger().health().accepting();
    Optional<Anchors.Anchor> newest = rooms.anchors().newest();
    String anchor =
        newest.isEmpty()
            ? "No anchor was made yet."
            : "The newest anchor was made at "
                + Words.Stamp.of(newest.get().event().time()).utc()
                + ".";
    html.page(
        call,
        "home",
        new View(
            accepting,
            accepting ? "This cell accepts events" : "This cell accepts no events at the moment",
            anchor,
            tenants(call)));
  }

  private List<Tenant> tenants(Call call) throws Refused {
    boolean all =
        call.visitor().who().map(who -> who.mayInCell(Permission.READ_EVENTS)).orElse(false);
    List<Tenant> tenants = new ArrayList<>();
    if (all) {
      for (LogName log : rooms.ledger().logs()) {
        if (!log.equals(LogName.ANCHORS)) {
          tenants.add(
              new Tenant(
                  log.value(), Links.tenant(log), Words.number(rooms.ledger().reader(log).size())));
        }
      }
    }
    return tenants;
  }

  public void verify(Call call) throws Refused {
    List<String> keys =
        ProofSteps.keys(rooms.anchorsLog()).stream().map(key -> key.format()).toList();
    html.page(call, "verify", new VerifyView(keys, rooms.ledger().settings().name()));
  }
}
