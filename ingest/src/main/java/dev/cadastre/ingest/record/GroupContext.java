package dev.cadastre.ingest.record;

import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Resource;
import dev.cadastre.formats.value.Scope;
import java.util.List;
import java.util.Optional;

/**
 * What the records of a group share, mapped once.
 *
 * @param problem what is wrong with it
 * @param disclosures what stands behind its digests
 */
record GroupContext(
    Optional<Resource> resource,
    Optional<Scope> scope,
    String problem,
    List<Disclosure> disclosures) {
  /** The Resource's attributes, none when there is no Resource. */
  Attributes attributes() {
    return resource.map(Resource::attributes).orElse(Attributes.EMPTY);
  }

  /** Of a record that shares nothing. */
  static final GroupContext NOTHING =
      new GroupContext(Optional.empty(), Optional.empty(), "", List.of());
}
