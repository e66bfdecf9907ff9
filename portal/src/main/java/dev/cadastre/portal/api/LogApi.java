package dev.cadastre.portal.api;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.access.Permission;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Problem;
import dev.cadastre.portal.services.PortalServices;
import dev.cadastre.proof.tlog.TileAddress;

/** A log as C2SP tlog-tiles serves it, with single entries and their proofs beside it. */
public final class LogApi {
  private static final String NOTE = "text/plain; charset=utf-8";
  private static final String BINARY = "application/octet-stream";

  private final PortalServices rooms;

  public LogApi(PortalServices rooms) {
    this.rooms = rooms;
  }

  public void checkpoint(Call call) throws Refused {
    checkpoint(call, rooms.ledger().reader(call.log()));
  }

  public void publicCheckpoint(Call call) throws Refused {
    checkpoint(call, rooms.anchorsLog());
  }

  private static void checkpoint(Call call, LogReader log) {
    call.keep("no-cache");
    call.bytes(NOTE, log.checkpoint().note().bytes());
  }

  /** A tenant's tile. Bundles of entries want more than the tiles of hashes do. */
  public void tile(Call call) throws Refused {
    TileAddress address = address(call);
    if (address.isEntries() && !call.may(Permission.READ_EVENTS)) {
      throw Problem.forbidden("Your token does not open this.");
    }
    tile(call, rooms.ledger().reader(call.log()), address);
  }

  /** Whether a tile that was asked for is a bundle of entries. */
  public static boolean ofEntries(Call call) throws Refused {
    return address(call).isEntries();
  }

  public void publicTile(Call call) throws Refused {
    tile(call, rooms.anchorsLog(), address(call));
  }

  private static TileAddress address(Call call) throws Refused {
    return TileAddress.parse("tile/" + call.path("tile"));
  }

  private static void tile(Call call, LogReader log, TileAddress address) {
    byte[] bytes;
    try {
      bytes = log.tile(address);
    } catch (Refused absent) {
      throw Problem.notFound(String.valueOf(absent.getMessage()));
    }
    if (!address.isEntries()) {
      call.http().disableCompression(); // hashes only grow by it
    }
    // A partial tile never changes either; a larger one has another address (C2SP tlog-tiles,
    // "Partial Tiles").
    call.immutable();
    call.bytes(BINARY, bytes);
  }

  public void entry(Call call) throws Refused {
    entry(call, rooms.ledger().reader(call.log()));
  }

  public void publicEntry(Call call) throws Refused {
    entry(call, rooms.anchorsLog());
  }

  private static void entry(Call call, LogReader log) throws Refused {
    long index = existing(call, log);
    call.immutable();
    call.bytes("application/json", log.entry(index).bytes());
  }

  public void proof(Call call) throws Refused {
    proof(call, rooms.ledger().reader(call.log()));
  }

  public void publicProof(Call call) throws Refused {
    proof(call, rooms.anchorsLog());
  }

  private static void proof(Call call, LogReader log) throws Refused {
    long index = existing(call, log);
    call.keep("no-cache");
    // The newest checkpoint that covers the entry, or a new one: asking for proofs of what is
    // covered
    // signs nothing.
    String name = fileName(log.log(), index);
    call.http().header("Content-Disposition", "inline; filename=\"" + name + "\"");
    call.bytes(NOTE, log.proof(index).bytes());
  }

  private static String fileName(LogName log, long index) {
    return log.value() + "-" + index + ".tlog-proof";
  }

  private static long existing(Call call, LogReader log) throws Refused {
    long index = call.index("index");
    if (index >= log.size()) {
      throw Problem.notFound(
          "The log has no entry " + index + "; it has " + log.size() + " entries.");
    }
    return index;
  }
}
