package dev.cadastre.formats.registry;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The registries this program comes with. Logs are judged by the edition that their policy was
 * adopted with, so an edition that was released is never edited or dropped: a new one takes the
 * name {@code regions.json}, and the one before is kept as {@code regions-<version>.json} and
 * listed here.
 */
final class RegistryEditions {
  /** Newest first. */
  private static final List<String> FILES =
      List.of("regions.json", "regions-2026-11.2.json", "regions-2026-11.json");

  private static final List<Registry> EDITIONS = load();

  private RegistryEditions() {}

  static Registry newest() {
    return EDITIONS.get(0);
  }

  static Optional<Registry> of(Hash sha256) {
    return EDITIONS.stream().filter(edition -> edition.sha256().equals(sha256)).findFirst();
  }

  private static List<Registry> load() {
    List<Registry> editions = new ArrayList<>();
    for (String file : FILES) {
      editions.add(load(file));
    }
    return List.copyOf(editions);
  }

  private static Registry load(String file) {
    try (InputStream in = RegistryEditions.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from this build");
      }
      return Registry.parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Refused e) {
      throw new IllegalStateException(file + " of this build: " + e.getMessage(), e);
    }
  }
}
