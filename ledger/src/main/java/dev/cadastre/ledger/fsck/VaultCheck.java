package dev.cadastre.ledger.fsck;

import dev.cadastre.ledger.access.RowSeal;
import dev.cadastre.ledger.access.Token;
import dev.cadastre.ledger.access.TokenRows;
import dev.cadastre.ledger.store.Snapshot;
import dev.cadastre.ledger.vault.KeyWrap;
import dev.cadastre.ledger.vault.PersonKey;
import dev.cadastre.ledger.vault.VaultKeys;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The vault against the cell's keys, and its tokens against what the cell's log says of them. */
final class VaultCheck {
  private final KeyWrap keyWrap;
  private final RowSeal seal;
  private final TokenActs acts;
  private final String store;
  private final FsckFindings findings;

  /**
   * @param store what people call the vault's store
   */
  VaultCheck(KeyWrap keyWrap, RowSeal seal, TokenActs acts, String store, FsckFindings findings) {
    this.keyWrap = keyWrap;
    this.seal = seal;
    this.acts = acts;
    this.store = store;
    this.findings = findings;
  }

  void check(Snapshot vault) {
    Optional<String> fault = VaultKeys.fault(vault, keyWrap);
    if (fault.isPresent()) {
      // With other keys no row is genuine, which would only repeat it.
      findings.add("", store, fault.get());
      return;
    }
    VaultKeys.persons(vault, keyWrap).forEach(this::persons);
    TokenRows tokens = new TokenRows(vault, seal);
    Set<String> foreign = new HashSet<>(tokens.foreign());
    Map<String, Long> revoked = acts.revoked();
    for (Token token : tokens.list()) {
      String id = token.principal().tokenId();
      if (token.revoked().isPresent()) {
        continue;
      }
      if (foreign.contains(id)) {
        found(id, "was not issued by this cell as it stands there, and opens nothing");
      } else if (revoked.containsKey(id)) {
        found(id, "is good again, though entry " + revoked.get(id) + " of log cell revoked it");
      }
    }
  }

  private void persons(String log, List<PersonKey> left) {
    for (PersonKey key : left) {
      acts.persons().entrySet().stream()
          .filter(act -> destroys(act.getKey(), log, key))
          .findFirst()
          .ifPresent(
              act ->
                  findings.add(
                      log,
                      store,
                      "the key of pseudonyms "
                          + key.period()
                          + "."
                          + key.number()
                          + " is there, though entry "
                          + act.getValue()
                          + " of log cell destroyed it; end it: cadastre persons destroy "
                          + log
                          + " "
                          + key.period()));
    }
  }

  private static boolean destroys(String act, String log, PersonKey key) {
    String ofPeriod = log + "/" + key.period() + ".";
    return act.startsWith(ofPeriod)
        && Integer.parseInt(act.substring(ofPeriod.length())) >= key.number();
  }

  private void found(String id, String what) {
    findings.add("", "token", "token " + id + " " + what + "; end it: cadastre token revoke " + id);
  }
}
