package dev.cadastre.server.cell;

import dev.cadastre.anchors.AnchorSchedule;
import dev.cadastre.anchors.Anchors;
import dev.cadastre.anchors.Growth;
import dev.cadastre.evidence.Attester;
import dev.cadastre.evidence.pack.PackBuilder;
import dev.cadastre.evidence.pack.PackJobs;
import dev.cadastre.formats.Refused;
import dev.cadastre.ingest.IngestMetrics;
import dev.cadastre.ingest.IngestSettings;
import dev.cadastre.ingest.Intake;
import dev.cadastre.ingest.grpc.OtlpGrpcServer;
import dev.cadastre.ingest.http.OtlpHttpServer;
import dev.cadastre.ingest.integrity.TrustedKeyDirectory;
import dev.cadastre.ingest.location.EvidenceAppraiser;
import dev.cadastre.ingest.net.OpenFiles;
import dev.cadastre.ingest.tls.ServerTls;
import dev.cadastre.ledger.feed.LedgerEntries;
import dev.cadastre.ledger.files.ScratchDirectory;
import dev.cadastre.ledger.search.Search;
import dev.cadastre.ledger.search.index.Indexer;
import dev.cadastre.portal.PortalServer;
import dev.cadastre.portal.PortalSettings;
import dev.cadastre.portal.metrics.Figures;
import dev.cadastre.portal.metrics.JvmFigures;
import dev.cadastre.portal.services.PortalServices;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers of one cell: the portal, both ways in for OTLP, the indexer and the anchor schedule.
 */
public final class CellServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CellServer.class);

  private final Cell cell;
  private final ServeSettings settings;
  private final InetAddress address;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Endpoints endpoints;

  private CellServer(Cell cell, ServeSettings settings) throws IOException, Refused {
    this.cell = cell;
    this.settings = settings;
    this.address = address(settings.bind());
    requireEncryption();
    try {
      this.endpoints = open();
    } catch (IOException | Refused | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts to serve a cell, which the caller closes after the server.
   *
   * @throws Refused if a port is taken or the address is not this machine's
   */
  public static CellServer start(Cell cell, ServeSettings settings) throws IOException, Refused {
    return new CellServer(cell, settings);
  }

  /** Where it answers. */
  public Endpoints endpoints() {
    return endpoints;
  }

  /** Events are taken last, when all that waits for them is there. */
  private Endpoints open() throws IOException, Refused {
    OpenFiles.ofProcess().requireEnough();
    cell.ledger().checkAll();
    cell.ledger().learnRecords();
    LedgerEntries entries = new LedgerEntries(cell.ledger());
    Indexer indexer = keep(Indexer.open(cell.data(), cell.stores(), entries));
    indexer.start();
    keep(new AnchorSchedule(
            cell.anchorer(),
            new Anchors(cell.ledger())::lastClosed,
            settings.anchorEvery(),
            cell.clock(),
            new Growth(cell.ledger())))
        .start();
    SenderSettings senders = settings.senders();
    EvidenceAppraiser appraiser =
        EvidenceAppraiser.open(senders.evidence().settings(cell), cell.clock());
    Optional<ServerTls> tls =
        senders.tls().isPresent()
            ? Optional.of(ServerTls.open(senders.tls().get(), appraiser))
            : Optional.empty();
    Figures figures = keep(new Figures());
    keep(new JvmFigures(figures.meter()));
    PortalServices rooms =
        rooms(keep(new Search(indexer.database(), entries, indexer::rebuilt)), figures);
    PortalServer portal =
        listen(settings.portalPort(), "portal", at -> PortalServer.start(portalAt(at, tls), rooms));
    Intake intake =
        new Intake(
            cell.ledger(),
            new TokenSenders(cell.tokens(), senders.spiffe()),
            new TrustedKeyDirectory(cell.data().resolve("trust")),
            IngestSettings.DEFAULT.withLimits(senders.limits()).withVaults(senders.vaults()),
            new IngestMetrics(figures.meter()),
            Optional.of(appraiser));
    OtlpHttpServer http =
        listen(settings.otlpHttpPort(), "otlp-http", at -> OtlpHttpServer.start(at, intake, tls));
    OtlpGrpcServer grpc =
        listen(settings.otlpGrpcPort(), "otlp-grpc", at -> OtlpGrpcServer.start(at, intake, tls));
    return new Endpoints(url(portal.port()), url(http.port()), url(grpc.port()));
  }

  private PortalServices rooms(Search search, Figures figures) throws IOException {
    Attester attester = keep(new Attester(cell.ledger(), cell.keys()));
    PackBuilder packs = new PackBuilder(cell.ledger(), attester, cell.keys());
    ScratchDirectory scratch = keep(ScratchDirectory.in(cell.data().resolve("scratch")));
    return new PortalServices(
        cell.ledger(),
        search,
        cell.tokens(),
        keep(cell.openSessions()),
        new Anchors(cell.ledger()),
        attester,
        keep(new PackJobs(packs, scratch.path(), cell.clock())),
        cell.clock(),
        figures);
  }

  private PortalSettings portalAt(InetSocketAddress at, Optional<ServerTls> tls) {
    CellIdentity identity = cell.identity();
    return new PortalSettings(
        at.getAddress().getHostAddress(),
        at.getPort(),
        identity.name(),
        identity.cell(),
        settings.https() || tls.isPresent(),
        tls);
  }

  private <T extends AutoCloseable> T keep(T opened) {
    running.push(opened);
    return opened;
  }

  /** Something that listens on an address. */
  private interface Listener<T> {
    T start(InetSocketAddress at) throws IOException;
  }

  private <T extends AutoCloseable> T listen(int port, String option, Listener<T> listener)
      throws IOException, Refused {
    try {
      return keep(listener.start(new InetSocketAddress(address, port)));
    } catch (IOException | RuntimeException failed) {
      for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
        if (cause instanceof BindException) {
          throw taken(port, option, failed);
        }
      }
      throw failed;
    }
  }

  private Refused taken(int port, String option, Exception cause) {
    String why =
        "cannot listen on " + settings.bind() + ": port " + port + " is taken or not allowed";
    return new Refused(
        why + "; choose another with --" + option + "-port, 0 takes any free one", cause);
  }

  /** What is reached from other machines is encrypted, unless the operator said otherwise. */
  private void requireEncryption() throws Refused {
    SenderSettings senders = settings.senders();
    if (!address.isLoopbackAddress() && senders.tls().isEmpty() && !senders.plaintext()) {
      throw new Refused(
          "other machines reach "
              + settings.bind()
              + ", and without TLS tokens and events would travel unencrypted; configure \"tls\""
              + " (docs/senders.md), or accept that with --accept-plaintext");
    }
  }

  private static InetAddress address(String bind) throws Refused {
    try {
      return InetAddress.getByName(bind);
    } catch (UnknownHostException unknown) {
      throw new Refused("--bind takes an address of this machine; found '" + bind + "'", unknown);
    }
  }

  private String url(int port) {
    String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
    String scheme = settings.senders().tls().isPresent() ? "https://" : "http://";
    return scheme + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Takes nothing new, answers what was taken, and ends. */
  @Override
  public void close() {
    while (!running.isEmpty()) {
      AutoCloseable last = running.pop();
      try {
        last.close();
      } catch (Exception e) {
        LOG.error("{} did not end in order", last.getClass().getSimpleName(), e);
      }
    }
  }
}
