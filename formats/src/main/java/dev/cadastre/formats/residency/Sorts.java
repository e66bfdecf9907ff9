package dev.cadastre.formats.residency;

import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.policy.CategoryRules;
import dev.cadastre.formats.policy.Exemption;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Of which sorts, among those that a category tells apart, an event's data are. */
final class Sorts {
  private Sorts() {}

  /**
   * What holds for data of one sort.
   *
   * @param of by what it is told apart
   * @param word what it is called
   * @param id the rules' id, without what they are about
   * @param said whether the event says that its data are of that sort; otherwise it does not say of
   *     which they are, and they may be
   */
  record Sort(
      CategoryRules.Sort of, String word, String id, CategoryRules.Tighter rules, boolean said) {

    /** Whether an exception is one from these rules. */
    boolean mayBeExempt(Exemption exemption) {
      return Exempted.names(exemption.scope(), of.asked(), word);
    }
  }

  static List<Sort> of(RecordEvent event, Policy policy, String category) {
    List<Sort> sorts = new ArrayList<>(0);
    for (CategoryRules.Sort sort : CategoryRules.Sort.values()) {
      Optional<Map.Entry<String, SortedMap<String, CategoryRules.Tighter>>> tighter =
          policy.tighter(category, sort);
      if (tighter.isPresent()) {
        String id = tighter.get().getKey() + "." + sort.wire();
        add(sort, Findings.stated(event, name(sort)), tighter.get().getValue(), id, sorts);
      }
    }
    return sorts;
  }

  private static void add(
      CategoryRules.Sort of,
      List<Value> stated,
      SortedMap<String, CategoryRules.Tighter> tighter,
      String id,
      List<Sort> sorts) {
    boolean all = !stated.isEmpty() && stated.stream().allMatch(one -> one instanceof Value.Text);
    tighter.forEach(
        (word, rules) -> {
          if (stated.contains(Value.of(word))) {
            sorts.add(new Sort(of, word, id + "." + word, rules, true));
          } else if (!all) {
            sorts.add(new Sort(of, word, id, rules, false));
          }
        });
  }

  private static String name(CategoryRules.Sort sort) {
    return switch (sort) {
      case CLASSIFICATIONS -> Names.DATA_CLASSIFICATION;
      case SUBJECTS -> Names.DATA_SUBJECT_GROUP;
    };
  }
}
