package dev.cadastre.portal.services;

import dev.cadastre.anchors.Anchors;
import dev.cadastre.evidence.Attester;
import dev.cadastre.evidence.Periods;
import dev.cadastre.evidence.pack.PackJobs;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.access.Sessions;
import dev.cadastre.ledger.access.Tokens;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.Search;
import dev.cadastre.portal.metrics.Figures;
import java.time.InstantSource;

/** What the portal shows and serves; opened and closed by whoever starts it. */
public record PortalServices(
    Ledger ledger,
    Search search,
    Tokens tokens,
    Sessions sessions,
    Anchors anchors,
    Attester attester,
    PackJobs packs,
    InstantSource clock,
    Figures figures) {
  /** The public log of anchors. */
  public LogReader anchorsLog() throws Refused {
    return ledger.reader(LogName.ANCHORS);
  }

  /** What finds the anchors that bound a period. */
  public Periods periods() {
    return new Periods(anchors);
  }
}
