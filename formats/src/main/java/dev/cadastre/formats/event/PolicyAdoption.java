package dev.cadastre.formats.event;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.json.Json;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * From the next entry on, the log is judged by this policy.
 *
 * @param author who adopted it
 * @param judge version of the judge that reads it
 * @param policy the policy in its JSON form, which binds
 * @param inventory what is declared of resources in its JSON form, which binds
 * @param previous index of the adoption this one replaces; empty for a log's first
 * @param registry SHA-256 of the registry's JCS form
 * @param sha256 SHA-256 of the policy's JCS form
 * @param source the text a human wrote, for reading
 */
public record PolicyAdoption(
    String author,
    int judge,
    Json.Obj policy,
    Optional<Json.Obj> inventory,
    OptionalLong previous,
    Hash registry,
    Hash sha256,
    String source)
    implements Event {
  public static final String KIND = "policy.adopted";

  /** With the digest computed from the policy. */
  public PolicyAdoption(
      String author,
      int judge,
      Json.Obj policy,
      Optional<Json.Obj> inventory,
      OptionalLong previous,
      Hash registry,
      String source) {
    this(author, judge, policy, inventory, previous, registry, Hash.sha256(policy.jcs()), source);
  }

  /** The same without an inventory. */
  public PolicyAdoption(
      String author,
      int judge,
      Json.Obj policy,
      OptionalLong previous,
      Hash registry,
      String source) {
    this(author, judge, policy, Optional.empty(), previous, registry, source);
  }

  @Override
  public String kindWire() {
    return KIND;
  }
}
