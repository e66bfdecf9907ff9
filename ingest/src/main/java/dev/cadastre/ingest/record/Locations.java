package dev.cadastre.ingest.record;

import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.residency.Locator;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.ingest.location.Appraisal;
import dev.cadastre.ingest.location.Appraisal.Genuine;
import dev.cadastre.ingest.location.Appraisal.Rejected;
import dev.cadastre.ingest.location.Evidence;
import dev.cadastre.ingest.location.EvidenceAppraiser;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ledger.model.LogName;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes out where records' hops were: from names, as {@link Locator} does, and for processing from
 * evidence of where the sender runs. Evidence may stand on the record, on its Resource, or have
 * come earlier from the same instance of the same sender. Safe for concurrent use.
 */
public final class Locations {
  /** Of a cell that trusts nobody to speak of locations. */
  public static final Locations BY_NAMES = new Locations(Optional.empty(), VaultPlaces.NONE);

  private static final String PROBLEM = "location evidence: ";

  private final Optional<EvidenceAppraiser> appraiser;
  private final StandingEvidence standing = new StandingEvidence();

  private final VaultPlaces vaults;

  /**
   * @param vaults where key vaults are that do not say it
   */
  public Locations(Optional<EvidenceAppraiser> appraiser, VaultPlaces vaults) {
    this.appraiser = appraiser;
    this.vaults = vaults;
  }

  VaultPlaces vaults() {
    return vaults;
  }

  /**
   * What the records of one Resource have in common.
   *
   * @param resource the Resource's attributes
   * @param asCame the same as they came
   */
  OfResource of(Sender sender, Attributes resource, List<KeyValue> asCame) {
    return new OfResource(
        sender, resource, appraiser.flatMap(given -> EvidenceAttributes.of(asCame)));
  }

  /** For one request; used by one thread. */
  final class OfResource {
    private final Sender sender;
    private final Optional<Evidence> evidence;
    private final Optional<String> instance;
    private final Map<LogName, Optional<Appraisal>> appraised = new HashMap<>();

    private OfResource(Sender sender, Attributes resource, Optional<Evidence> evidence) {
      this.sender = sender;
      this.evidence = evidence;
      this.instance = StandingEvidence.instance(resource);
    }

    /**
     * Whether nothing but names is looked at for a record without evidence of its own, so that
     * equal names are located alike.
     */
    boolean byNamesAlone(LogName log) {
      return appraiser.isEmpty()
          || sender.place().isEmpty() && evidence.isEmpty() && standing(log).isEmpty();
    }

    private Optional<Genuine> standing(LogName log) {
      return instance.flatMap(one -> standing.get(log, sender.id(), one));
    }

    Located locate(LogName log, RecordEvent event, Registry registry, Optional<Evidence> own) {
      Map<Hop, Location> named = Locator.locate(event, registry);
      if (appraiser.isEmpty()) {
        return new Located(named, "");
      }
      Optional<Appraisal> appraisal = appraisal(log, own);
      String problem = appraisal.map(Locations::problem).orElse("");
      boolean silent = appraisal.isEmpty() && sender.place().isEmpty();
      if (silent || Locator.processesElsewhere(event, registry)) {
        return new Located(named, problem);
      }
      return new Located(weighed(named, appraisal, registry), problem);
    }

    private Map<Hop, Location> weighed(
        Map<Hop, Location> named, Optional<Appraisal> appraisal, Registry registry) {
      Map<Hop, Location> weighed = named;
      if (sender.place().isPresent()) {
        Genuine peer = sender.place().get();
        weighed = ProcessingPlace.weigh(weighed, peer, Assurance.CORROBORATED, registry);
      }
      if (appraisal.orElse(null) instanceof Genuine genuine) {
        weighed = ProcessingPlace.weigh(weighed, genuine, Assurance.PROVEN, registry);
      }
      return weighed;
    }

    private Optional<Appraisal> appraisal(LogName log, Optional<Evidence> own) {
      if (own.isPresent()) {
        Optional<Appraisal> appraisal = appraise(log, own.get());
        if (appraisal.orElse(null) instanceof Genuine genuine) {
          instance.ifPresent(one -> standing.put(log, sender.id(), one, genuine));
        }
        return appraisal;
      }
      if (evidence.isPresent()) {
        return appraised.computeIfAbsent(log, one -> appraise(one, evidence.get()));
      }
      return standing(log)
          .flatMap(genuine -> appraiser.orElseThrow().still(genuine))
          .map(genuine -> genuine);
    }

    private Optional<Appraisal> appraise(LogName log, Evidence one) {
      return appraiser.orElseThrow().appraise(log.value(), sender.id(), one);
    }
  }

  private static String problem(Appraisal appraisal) {
    return appraisal instanceof Rejected rejected ? PROBLEM + rejected.why() : "";
  }
}
