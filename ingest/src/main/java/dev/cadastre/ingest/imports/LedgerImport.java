package dev.cadastre.ingest.imports;

import dev.cadastre.ingest.integrity.TrustedKeys;
import dev.cadastre.ingest.otlp.DecodedRequest;
import dev.cadastre.ingest.otlp.ReceivedRecord;
import dev.cadastre.ingest.record.Locations;
import dev.cadastre.ingest.record.Preparation;
import dev.cadastre.ingest.record.VaultPlaces;
import dev.cadastre.ingest.request.EventSink;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.OnConflict;
import dev.cadastre.ledger.model.Receipt;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Appends imported records to a tenant's log in this process. */
public final class LedgerImport implements ImportTarget {
  private static final int ATTEMPTS_MAX = 10;

  private final EventSink sink;
  private final Sender sender;
  private final RandomGenerator random;
  private final Resource resource;
  private final Locations locations;

  /**
   * @param sender what entries say of who imported
   * @param random draws the salts of private attributes
   */
  public LedgerImport(Ledger ledger, LogName tenant, String sender, RandomGenerator random) {
    this(ledger, tenant, sender, random, Resource.getDefaultInstance(), VaultPlaces.NONE);
  }

  /**
   * The same, with what the records do not say of themselves.
   *
   * @param resource the Resource of all of them
   * @param vaults where key vaults are that do not say it
   */
  public LedgerImport(
      Ledger ledger,
      LogName tenant,
      String sender,
      RandomGenerator random,
      Resource resource,
      VaultPlaces vaults) {
    this.resource = resource;
    this.locations = new Locations(Optional.empty(), vaults);
    this.sink = EventSink.of(ledger);
    this.sender = new Sender(sender, Optional.of(tenant), true);
    this.random = random;
  }

  @Override
  public Taken take(List<LogRecord> records) throws ImportFailed {
    DecodedRequest batch =
        DecodedRequest.of(
            Signal.LOGS,
            records.stream().<ReceivedRecord>map(ReceivedRecord.Decoded::new).toList(),
            resource);
    long leastNs = 0;
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      AppendResult result = attempt(batch, Math.max(leastNs, sink.nowNs()));
      leastNs = result instanceof AppendResult.Untimely one ? one.receivedNs() : leastNs;
      if (result instanceof AppendResult.Appended appended) {
        return taken(appended.receipts());
      }
      // Anything else is worth another attempt: a new policy, or others' appends that come first.
      if (result instanceof AppendResult.Unavailable unavailable) {
        throw new ImportFailed("the ledger takes no entries: " + unavailable.why());
      }
    }
    throw new ImportFailed("the ledger is too busy; try again");
  }

  private AppendResult attempt(DecodedRequest batch, long receivedNs) throws ImportFailed {
    try {
      Preparation.Prepared prepared =
          Preparation.prepare(
              sender, batch, sink, TrustedKeys.NONE, locations, random, Long.MAX_VALUE, receivedNs);
      AppendResult result = sink.append(prepared.drafts(), OnConflict.KEEP).join();
      if (result instanceof AppendResult.Overloaded overloaded) {
        TimeUnit.NANOSECONDS.sleep(overloaded.retryAfter().toNanos());
      }
      return result;
    } catch (Rejected e) {
      throw new ImportFailed(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImportFailed("interrupted", e);
    }
  }

  private static Taken taken(List<Receipt> receipts) {
    long repeats = receipts.stream().filter(Receipt::repeat).count();
    return new Taken(receipts.size() - repeats, repeats);
  }
}
