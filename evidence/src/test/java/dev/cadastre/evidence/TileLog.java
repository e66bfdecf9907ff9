package dev.cadastre.evidence;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.ledger.log.LogSource;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.proof.tlog.EntryBundle;
import dev.cadastre.proof.tlog.Frontier;
import dev.cadastre.proof.tlog.InclusionProof;
import dev.cadastre.proof.tlog.TileAddress;
import dev.cadastre.proof.tlog.TileProofs;
import dev.cadastre.proof.tlog.TileReader;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A log of which nothing is there but what a server of C2SP tiles serves. */
record TileLog(LogName log, String origin, long size, TileReader tiles) implements LogSource {
  private byte[] stored(long index) throws Refused {
    TileAddress bundle = TileAddress.in(size, TileAddress.ENTRIES, index / TileAddress.FULL);
    int slot = (int) (index % TileAddress.FULL);
    return EntryBundle.decode(tiles.tile(bundle), bundle.width()).get(slot);
  }

  @Override
  public Entry entry(long index) throws Refused {
    return Entry.parse(stored(index));
  }

  @Override
  public void entries(long from, long to, Consumer<Entry> consumer) throws Refused {
    for (long index = from; index < to; index++) {
      consumer.accept(entry(index));
    }
  }

  @Override
  public void bytes(long from, long to, Consumer<byte[]> consumer) throws Refused {
    for (long index = from; index < to; index++) {
      consumer.accept(stored(index));
    }
  }

  @Override
  public long storedBytes(long from, long to) throws Refused {
    long bytes = 0;
    for (long index = from; index < to; index++) {
      bytes += 2 + stored(index).length;
    }
    return bytes;
  }

  @Override
  public Frontier frontier(long ofSize) throws Refused {
    return new TileProofs(this::fromWhole, ofSize).frontier(ofSize);
  }

  @Override
  public InclusionProof inclusion(long index, long ofSize) throws Refused {
    return new TileProofs(this::fromWhole, ofSize).inclusion(index);
  }

  /** A smaller tree's partial tile is the front of one that is served. */
  private byte[] fromWhole(TileAddress wanted) throws Refused {
    byte[] whole = tiles.tile(TileAddress.in(size, wanted.level(), wanted.index()));
    return java.util.Arrays.copyOf(whole, wanted.width() * 32);
  }

  @Override
  public OptionalLong policyBefore(long index) throws Refused {
    for (long at = index - 1; at >= 0; at--) {
      if (EventCodec.decode(entry(at).eventBytes()) instanceof PolicyAdoption) {
        return OptionalLong.of(at);
      }
    }
    return OptionalLong.empty();
  }
}
