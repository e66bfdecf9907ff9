package dev.cadastre.proof.approval;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Attempt;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Places;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.policy.PolicyNode;
import dev.cadastre.formats.policy.PolicyTime;
import dev.cadastre.formats.registry.Place;
import dev.cadastre.formats.text.FixedUnicode;
import dev.cadastre.formats.value.Names;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An approval as its entry gives it. What refers to it must lie in every part of its scope that it
 * names. docs/formats/approvals.md has the rules.
 *
 * @param index its entry
 * @param atNs when it was given, Unix nanoseconds
 * @param endNs from when on it counts no more
 * @param authority by whose it was given
 * @param by who gave it, openly or by a pseudonym; empty where the entry does not say
 * @param filing the number under which it is filed; may be empty
 * @param categories of data; empty for all
 * @param keys by id; empty for all
 * @param operations by name; empty for all
 * @param places in one of which something of it must have been; empty for all
 * @param services by name; empty for all
 */
public record Approval(
    String id,
    long index,
    long atNs,
    long endNs,
    String authority,
    String by,
    String filing,
    List<String> categories,
    List<String> keys,
    List<String> operations,
    List<String> places,
    List<String> services) {
  private static final String OWN = "ledger.";
  private static final String WITHDRAWN = "approval.withdrawn";

  public Approval {
    categories = List.copyOf(categories);
    keys = List.copyOf(keys);
    operations = List.copyOf(operations);
    places = List.copyOf(places);
    services = List.copyOf(services);
  }

  /**
   * The approval that a record gives.
   *
   * @param ns when it happened
   * @return empty if it gives none: it is of another kind, was not granted, or leaves out what an
   *     approval must say
   */
  public static Optional<Approval> of(long index, long ns, RecordEvent event) {
    Optional<String> id = event.attributes().string(Names.APPROVAL_ID);
    Optional<String> authority = event.attributes().string(Names.APPROVAL_AUTHORITY);
    Optional<Long> endNs = event.attributes().string(Names.APPROVAL_UNTIL).flatMap(Approval::end);
    boolean given =
        event.kind() == Kind.APPROVAL
            && !isWithdrawal(event)
            && Attempt.of(event) == Attempt.SUCCEEDED;
    if (!given || id.isEmpty() || authority.isEmpty() || endNs.isEmpty()) {
      return Optional.empty();
    }
    Approval approval =
        new Approval(
            id.get(),
            index,
            ns,
            endNs.get(),
            authority.get(),
            event.attributes().string(Names.AUDIT_ACTOR_ID).orElse(event.person()),
            event.attributes().string(Names.APPROVAL_FILING).orElse(""),
            names(event, Names.APPROVAL_CATEGORY),
            names(event, Names.APPROVAL_KEY),
            names(event, Names.APPROVAL_OPERATION),
            names(event, Names.APPROVAL_PLACE),
            names(event, Names.APPROVAL_SERVICE));
    return Optional.of(approval).filter(Approval::hasScope);
  }

  private static List<String> names(RecordEvent event, String attribute) {
    return event.attributes().strings(attribute).stream().distinct().toList();
  }

  private static Optional<Long> end(String text) {
    try {
      return Optional.of(PolicyTime.endNs(new PolicyNode("until", Json.of(text))));
    } catch (Refused e) {
      return Optional.empty();
    }
  }

  /** Whether a record withdraws the approval that it names. */
  public static boolean isWithdrawal(RecordEvent event) {
    String plain = FixedUnicode.lowerCase(event.name());
    String name = plain.startsWith(OWN) ? plain.substring(OWN.length()) : plain;
    return event.kind() == Kind.APPROVAL
        && (name.equals(WITHDRAWN) || name.startsWith(WITHDRAWN + "."));
  }

  /** UTF-16 units of all that it says. */
  public int textLength() {
    return Stream.of(
            List.of(id, authority, by, filing), categories, keys, operations, places, services)
        .flatMap(List::stream)
        .mapToInt(String::length)
        .sum();
  }

  private boolean hasScope() {
    return Stream.of(categories, keys, operations, places, services)
        .anyMatch(one -> !one.isEmpty());
  }

  /**
   * Why a record that refers to it is not covered; empty if it is.
   *
   * @param ns when that happened
   * @param of what its places mean
   */
  public Optional<String> whyNot(RecordEvent event, long ns, Places of) {
    if (ns < atNs) {
      return Optional.of("it was given only later, in entry " + index);
    }
    if (ns >= endNs) {
      return Optional.of("it had ended");
    }
    List<String> named = event.categories();
    return outside("data", categories, named.isEmpty() ? List.of(Policy.ANY_CATEGORY) : named, true)
        .or(() -> outside("keys", keys, texts(event, Names.KEY_ID), true))
        .or(() -> outside("operations", operations, done(event), false))
        .or(() -> outside("services", services, service(event), true))
        .or(() -> elsewhere(event, of));
  }

  private static List<String> texts(RecordEvent event, String attribute) {
    return event.attributes().string(attribute).stream().toList();
  }

  private static List<String> service(RecordEvent event) {
    return event.resourceAttributes().string(Names.SERVICE_NAME).stream().toList();
  }

  private static List<String> done(RecordEvent event) {
    return Stream.of(Names.DATA_OPERATION, Names.KEY_OPERATION, Names.AUDIT_ACTION)
        .flatMap(name -> event.attributes().string(name).stream())
        .toList();
  }

  /** Of what is named all must be among the allowed, or one. */
  private static Optional<String> outside(
      String what, List<String> allowed, List<String> named, boolean all) {
    boolean any = allowed.isEmpty() || allowed.contains(Policy.ANY_CATEGORY);
    boolean within =
        !named.isEmpty()
            && (all ? allowed.containsAll(named) : named.stream().anyMatch(allowed::contains));
    return any || within ? Optional.empty() : Optional.of("it is for other " + what);
  }

  private Optional<String> elsewhere(RecordEvent event, Places of) {
    boolean there =
        places.isEmpty()
            || event.locations().values().stream()
                .flatMap(location -> location.places().stream())
                .flatMap(place -> of.of(place).stream())
                .anyMatch(place -> covers(place, of));
    return there ? Optional.empty() : Optional.of("it is for other places");
  }

  /** Whether something may be at a place, as far as this approval goes. */
  public boolean covers(Place place, Places of) {
    return places.isEmpty() || places.stream().anyMatch(one -> of.covers(one, place));
  }
}
