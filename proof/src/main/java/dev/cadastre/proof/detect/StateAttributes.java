package dev.cadastre.proof.detect;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.KeyScope;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Value;
import dev.cadastre.proof.approval.Approval;
import dev.cadastre.proof.approval.ApprovalText;
import dev.cadastre.proof.detect.DetectorsState.Holding;
import dev.cadastre.proof.detect.DetectorsState.Kept;
import dev.cadastre.proof.detect.DetectorsState.Key;
import dev.cadastre.proof.sides.Telling;
import dev.cadastre.proof.sides.TellingText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A state as the attributes of its entry. */
final class StateAttributes {
  private static final String APPROVED = "ledger.detectors.approved";
  private static final String DISABLED = "ledger.detectors.disabled";
  private static final String FETCHED = "ledger.detectors.fetched";
  private static final String KEPT = "ledger.detectors.kept";
  private static final String OMITTED = "ledger.detectors.omitted";
  private static final String PREVIOUS = "ledger.detectors.previous";
  private static final String TOLD = "ledger.detectors.told";
  private static final String WITHDRAWN = "ledger.detectors.withdrawn";

  private static final List<Attributes> NONE = List.of();

  private StateAttributes() {}

  static Attributes write(DetectorsState state) {
    Attributes.Builder attributes = Attributes.builder();
    attributes.put(DISABLED, list(state.disabled().stream().map(StateAttributes::key).toList()));
    attributes.put(FETCHED, list(state.fetched().stream().map(StateAttributes::holding).toList()));
    attributes.put(WITHDRAWN, list(state.withdrawn().stream().map(StateAttributes::key).toList()));
    attributes.put(
        APPROVED,
        list(state.approved().stream().map(ApprovalText::members).map(Value::of).toList()));
    // Most policies ask for nothing of the kind.
    if (!state.kept().isEmpty()) {
      attributes.put(KEPT, list(state.kept().stream().map(StateAttributes::kept).toList()));
    }
    if (!state.told().isEmpty()) {
      attributes.put(
          TOLD, list(state.told().stream().map(TellingText::members).map(Value::of).toList()));
    }
    attributes.put(OMITTED, state.omitted());
    state.previous().ifPresent(index -> attributes.put(PREVIOUS, index));
    return built(attributes);
  }

  private static Value list(List<Value> items) {
    return Value.of(items);
  }

  private static Value key(Key key) {
    Attributes.Builder members =
        Attributes.builder().put("at", key.atNs()).put("id", key.id()).put("index", key.index());
    switch (key.scope().of()) {
      case VERSION -> members.put("version", key.scope().name());
      case IDENTITY -> members.put("identity", key.scope().name());
      case KEY -> {}
    }
    key.denial().ifPresent(index -> members.put("denial", index));
    key.afterNs().ifPresent(ns -> members.put("after", ns));
    return Value.of(built(members));
  }

  private static Value kept(Kept one) {
    return Value.of(
        built(
            Attributes.builder()
                .put("at", one.at())
                .put("name", one.name())
                .put("of", one.of())
                .put("value", one.value())));
  }

  private static Value holding(Holding one) {
    return Value.of(
        built(
            Attributes.builder()
                .put("expiry", one.expiryNs())
                .put("instance", Streams.value(one.instance()))
                .put("key", one.key())
                .put("unwrapped", Value.of(one.unwrapped()))));
  }

  private static Attributes built(Attributes.Builder members) {
    try {
      return members.build();
    } catch (Refused e) {
      throw new IllegalStateException("names of ours are taken", e);
    }
  }

  /** Reads what {@link #write} wrote and refuses everything else. */
  static DetectorsState read(Attributes attributes) throws Refused {
    List<Key> keys = new ArrayList<>();
    for (Attributes members : members(attributes, DISABLED)) {
      keys.add(key(members, KeyScope.KEY));
    }
    List<Key> withdrawn = new ArrayList<>();
    for (Attributes members : members(attributes, WITHDRAWN)) {
      KeyScope scope =
          members.has("version")
              ? KeyScope.version(text(members, "version"))
              : KeyScope.identity(text(members, "identity"));
      withdrawn.add(key(members, scope));
    }
    List<Approval> approved = new ArrayList<>();
    for (Attributes members : members(attributes, APPROVED)) {
      approved.add(ApprovalText.of(members));
    }
    List<Holding> holdings = new ArrayList<>();
    for (Attributes members : members(attributes, FETCHED)) {
      boolean unwrapped = members.get("unwrapped").equals(Optional.of(Value.of(true)));
      holdings.add(
          new Holding(
              Streams.instance(members.get("instance").orElse(Value.UNSET)),
              text(members, "key"),
              number(members, "expiry"),
              unwrapped));
    }
    List<Kept> kept = new ArrayList<>();
    for (Attributes members :
        attributes.has(KEPT) ? members(attributes, KEPT) : List.<Attributes>of()) {
      kept.add(keptOf(members));
    }
    List<Telling> told = new ArrayList<>();
    for (Attributes members : attributes.has(TOLD) ? members(attributes, TOLD) : NONE) {
      told.add(TellingText.of(members));
    }
    OptionalLong previous = given(attributes, PREVIOUS);
    long omitted = number(attributes, OMITTED);
    DetectorsState state =
        new DetectorsState(previous, keys, withdrawn, approved, kept, holdings, told, omitted);
    if (!write(state).equals(attributes)) {
      throw new Refused("expected the state of the detectors in its one form, found another");
    }
    return state;
  }

  private static Key key(Attributes members, KeyScope scope) throws Refused {
    if (members.has("denial") != members.has("after")) {
      throw new Refused("expected the first denial with its time, found one of them");
    }
    return new Key(
        text(members, "id"),
        scope,
        number(members, "index"),
        number(members, "at"),
        given(members, "denial"),
        given(members, "after"));
  }

  private static Kept keptOf(Attributes members) throws Refused {
    String of = text(members, "of");
    if (!Kept.isKnown(of)) {
      throw new Refused("expected what a duty needs to know, found " + Encodings.quote(of));
    }
    return new Kept(of, text(members, "name"), number(members, "at"), number(members, "value"));
  }

  private static List<Attributes> members(Attributes attributes, String name) throws Refused {
    if (!(attributes.get(name).orElse(Value.UNSET) instanceof Value.Items items)) {
      throw new Refused("expected a list in " + name + ", found none");
    }
    List<Attributes> members = new ArrayList<>();
    for (Value item : items.items()) {
      if (!(item instanceof Value.Members map)) {
        throw new Refused("expected maps in " + name + ", found something else");
      }
      members.add(map.members());
    }
    return members;
  }

  private static String text(Attributes members, String name) throws Refused {
    return members
        .string(name)
        .orElseThrow(() -> new Refused("expected a text in " + name + ", found none"));
  }

  private static long number(Attributes members, String name) throws Refused {
    OptionalLong number = given(members, name);
    if (number.isEmpty()) {
      throw new Refused("expected a number in " + name + ", found none");
    }
    return number.getAsLong();
  }

  private static OptionalLong given(Attributes members, String name) throws Refused {
    OptionalLong number = members.integer(name);
    if (number.isPresent() && number.getAsLong() < 0) {
      throw new Refused("expected a number from 0 on in " + name + ", found a negative one");
    }
    return number;
  }
}
