package dev.cadastre.formats.policy;

import dev.cadastre.formats.text.FixedUnicode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What holds for data of one category.
 *
 * @param places where it may be, by hop
 * @param egress what else holds when it is let out
 * @param purposes what it may be used for; empty when the policy does not say
 * @param tighter what holds beside that for some of it, by the word that an event has for it
 */
public record CategoryRules(
    PerHop<PlaceRule> places,
    Optional<EgressRule> egress,
    List<String> purposes,
    Map<Sort, SortedMap<String, Tighter>> tighter) {
  public CategoryRules {
    purposes = List.copyOf(purposes);
    tighter = tighter.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(tighter));
  }

  /** By what data of one category are told apart. In the order of their wire names. */
  public enum Sort {
    /** How sensitive they are. */
    CLASSIFICATIONS(ExemptionScope.Asked.CLASSIFICATION),
    /** Whom they are of. */
    SUBJECTS(ExemptionScope.Asked.SUBJECT);

    private final ExemptionScope.Asked asked;

    Sort(ExemptionScope.Asked asked) {
      this.asked = asked;
    }

    /** By what an exception must name a word of this, to be one from its rules. */
    public ExemptionScope.Asked asked() {
      return asked;
    }

    public String wire() {
      return FixedUnicode.lowerCase(name());
    }
  }

  /**
   * What must be kept as well.
   *
   * @param places where it may be, by hop
   * @param purposes what for; empty when it does not say
   */
  public record Tighter(PerHop<PlaceRule> places, List<String> purposes) {
    public Tighter {
      purposes = List.copyOf(purposes);
    }
  }

  /**
   * What holds for data that is let out, beside where it may go.
   *
   * @param hosts to which hosts; empty when the policy does not say
   * @param purposes what for; empty when the policy does not say
   */
  public record EgressRule(Optional<HostRule> hosts, List<String> purposes) {
    public EgressRule {
      purposes = List.copyOf(purposes);
    }
  }
}
