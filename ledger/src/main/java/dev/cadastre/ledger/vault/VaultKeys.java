package dev.cadastre.ledger.vault;

import dev.cadastre.ledger.jooq.vault.tables.records.DisclosureKeyRecord;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.store.Reads;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether a vault is its cell's own. Each holds a disclosure key of the cell's own log from the
 * start, so one that holds none was put in its place.
 */
public final class VaultKeys {
  private VaultKeys() {}

  /** The keys of pseudonyms that are left, by log. */
  public static Map<String, List<PersonKey>> persons(Reads vault, KeyWrap keyWrap) {
    Map<String, List<PersonKey>> left = new TreeMap<>();
    for (DisclosureKeyRecord row : new LogKeys(vault, keyWrap, new SecureRandom()).all()) {
      int end = row.getLog().indexOf(LogKeys.PERSONS);
      if (end >= 0 && row.getWrapped() != null) {
        left.computeIfAbsent(row.getLog().substring(0, end), log -> new ArrayList<>())
            .add(new PersonKey(row.getLog().substring(end + 1), row.getVersion(), false));
      }
    }
    return left;
  }

  /** What is wrong, in words; empty if the cell's key opens every key that is left. */
  public static Optional<String> fault(Reads vault, KeyWrap keyWrap) {
    LogKeys keys = new LogKeys(vault, keyWrap, new SecureRandom());
    List<DisclosureKeyRecord> all = keys.all();
    if (all.isEmpty()) {
      return Optional.of("it holds no key at all: a new vault was put in the place of the cell's");
    }
    try {
      for (DisclosureKeyRecord row : all) {
        if (row.getWrapped() != null) {
          keys.open(row.getLog(), row.getVersion(), row.getWrapped());
        }
      }
      return Optional.empty();
    } catch (StorageFailure foreign) {
      return Optional.of(foreign.getMessage() + "; the vault or the keys are another cell's");
    }
  }
}
