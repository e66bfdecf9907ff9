package dev.cadastre.ingest.foreign.platform;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Mapping;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A path of the transit engine ("Transit secrets engine (API)", Vault and OpenBao): what is done,
 * and to which key. A path that names no key ({@code random}, {@code hash}, {@code config/keys},
 * {@code cache-config}, {@code wrapping_key}) concerns none.
 *
 * @param point where the engine is mounted, with its namespace and a slash at the end
 * @param verb the path's first part inside the engine
 * @param key name of the key; empty if the path names none
 * @param act the part behind {@code keys/NAME}; empty if there is none
 * @param wrapper name of the key under which another is exported; empty but for {@code byok-export}
 */
record VaultTransit(String point, String verb, String key, String act, String wrapper) {
  private static final Set<String> USES =
      Set.of("encrypt", "decrypt", "rewrap", "sign", "verify", "hmac", "cmac");

  /** What stands behind {@code keys/NAME}, and which act of the key's life that is. */
  private static final Map<String, String> ACTS =
      Map.of(
          "rotate", "rotate",
          "config", "update",
          "trim", "trim",
          "import", "import",
          "import_version", "import",
          "set-certificate", "update",
          "soft-delete", "disable",
          "soft-delete-restore", "enable");

  /** Engines' parts that name no key. */
  private static final Set<String> KEYLESS =
      Set.of("random", "hash", "config", "cache-config", "wrapping_key");

  private static final Set<String> QUERIES = Set.of("read", "list");

  /** The path {@code inside} an engine that is mounted at {@code point}. */
  static VaultTransit of(String point, String inside) {
    List<String> parts = Arrays.stream(inside.split("/")).filter(p -> !p.isEmpty()).toList();
    String verb = parts.isEmpty() ? "" : parts.get(0);
    return switch (verb) {
      case "keys" -> new VaultTransit(point, verb, part(parts, 1), part(parts, 2), "");
      case "datakey", "export" -> new VaultTransit(point, verb, part(parts, 2), "", "");
      case "byok-export" ->
          new VaultTransit(
              point, verb, part(parts, 2), "", part(parts, 2).isEmpty() ? "" : part(parts, 1));
      case "encrypt", "decrypt", "rewrap", "sign", "verify", "hmac", "cmac", "backup", "restore" ->
          new VaultTransit(point, verb, part(parts, 1), "", "");
      default -> new VaultTransit(point, verb, "", "", "");
    };
  }

  private static String part(List<String> parts, int at) {
    return at < parts.size() ? parts.get(at) : "";
  }

  /**
   * The path of a record that does not say where the engine is mounted: behind the first part that
   * leaves a path of the engine.
   */
  static Optional<VaultTransit> in(String path) {
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      VaultTransit found = of(path.substring(0, slash + 1), path.substring(slash + 1));
      if (found.isOfTheEngine()) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private boolean isOfTheEngine() {
    boolean acts = act.isEmpty() || ACTS.containsKey(act) || act.equals("csr");
    return KEYLESS.contains(verb) || verb.equals("keys") && acts || !key.isEmpty() && acts;
  }

  /**
   * Tells it.
   *
   * @param operation of the request: {@code create}, {@code update}, {@code read} and so on
   * @param counts whether it is the half of the call that counts
   */
  void map(String operation, boolean counts, Mapping to) {
    boolean none = key.isEmpty() || operation.equals("help") || operation.equals("rollback");
    if (!none) {
      to.put(Names.KEY_ID, id(key));
      to.put(Names.KEY_PROVIDER, "vault");
      to.put(Names.KEY_REGION, to.resourceRegion());
      to.put(Names.KEY_WRAPPED_BY, Optional.of(wrapper).filter(w -> !w.isEmpty()).map(this::id));
    }
    if (!counts) {
      return;
    }
    if (none) {
      to.other("vault.transit." + (operation.equals("help") ? "help" : verb));
    } else {
      subject(operation, to);
    }
  }

  private String id(String name) {
    return point + "keys/" + name;
  }

  private void subject(String operation, Mapping to) {
    boolean queries = QUERIES.contains(operation);
    if (verb.equals("export") || verb.equals("byok-export")) {
      to.keyUse("export");
    } else if (verb.equals("backup")) {
      // Reading it gives out the key.
      to.keyLifecycle("backup");
    } else if (queries || verb.equals("keys") && !act.isEmpty() && !ACTS.containsKey(act)) {
      to.other("vault.transit." + verb);
    } else if (verb.equals("datakey")) {
      to.keyUse("generate_data_key");
    } else if (USES.contains(verb)) {
      to.keyUse(verb);
    } else {
      to.keyLifecycle(lifecycle(operation));
    }
  }

  private String lifecycle(String operation) {
    if (!verb.equals("keys")) {
      return verb;
    }
    if (act.isEmpty()) {
      return operation.equals("delete") ? "delete" : "create";
    }
    return ACTS.getOrDefault(act, act);
  }
}
