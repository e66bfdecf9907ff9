package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.Attempt;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Operations;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.policy.Duties;
import dev.cadastre.formats.policy.Duties.Said;
import dev.cadastre.formats.policy.Duty;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.text.FixedUnicode;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import dev.cadastre.proof.approval.Approval;
import dev.cadastre.proof.detect.Approvals.Reference;
import dev.cadastre.proof.detect.Memory.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Duties that one record does not show to be kept, and the order of the log does: a rule each, over
 * what is kept of the records before. docs/detectors.md has them in words.
 */
final class DutyDetector implements Detectors.Detector {
  private static final long NS = 1_000_000_000L;
  private static final double MILLION = 1_000_000;
  private static final long SPENT_MAX = 1_000_000_000_000_000L;
  private static final String NORMAL = "normal";
  private static final Set<String> REFUSED =
      Set.of("refused", "denied", "blocked", "rejected", "stopped");
  private static final Set<String> READS =
      Set.of("read", "get", "list", "query", "search", "view", "download", "export");
  private static final Set<String> BEGIN =
      Set.of("rotate", "rewrap", "create", "generate", "import");
  private static final Set<String> RELEASES = Set.of("unwrap", "release", "fetch");
  private static final Set<String> WRITES =
      Set.of(
          "create", "write", "put", "insert", "update", "delete", "import", "upload", "copy",
          "move");

  /** Stands among attested instances where a state had no room for some. */
  static final String FORGOTTEN = "*";

  /** What one duty makes of a record. */
  private interface Rule {
    Optional<Alert> see(Sighting sighting, Said said);
  }

  private final Memory memory;
  private final Approvals approvals;
  private final Map<Duty, Rule> rules;

  DutyDetector(Memory memory, Approvals approvals) {
    this.memory = memory;
    this.approvals = approvals;
    this.rules =
        Map.of(
            Duty.KEY_ROTATION, this::rotation,
            Duty.KEY_RELEASE, this::release,
            Duty.KEY_DOUBLE, this::both,
            Duty.KEY_DUAL_CONTROL, this::dual,
            Duty.BACKUP_CONSENT, this::consent,
            Duty.EXPORT_APPROVAL, this::export,
            Duty.EXPORT_FILING, this::filed,
            Duty.DEGRADED_WRITES, this::write,
            Duty.DEGRADED_READS, this::read,
            Duty.LEARNING_BUDGET, this::budget);
  }

  /** Those of them from which it needs to know something later. */
  static Set<Kind> follows(Duty duty) {
    return switch (duty) {
      case KEY_RELEASE -> Set.of(Kind.LOCATION_EVIDENCE);
      case DEGRADED_WRITES, DEGRADED_READS -> Set.of(Kind.MODE);
      case LEARNING_BUDGET -> Set.of(Kind.MODEL_UPDATE);
      default -> Set.of();
    };
  }

  /** Kinds of records that a duty looks at, beside those of keys and approvals. */
  static Set<Kind> reads(Duty duty) {
    return switch (duty) {
      case KEY_RELEASE -> Set.of(Kind.LOCATION_EVIDENCE);
      case KEY_DOUBLE -> Set.of(Kind.DATA_ACCESS, Kind.INFERENCE);
      case BACKUP_CONSENT, EXPORT_APPROVAL, EXPORT_FILING -> Set.of(Kind.values());
      case DEGRADED_WRITES, DEGRADED_READS -> Set.of(Kind.MODE, Kind.DATA_ACCESS);
      case LEARNING_BUDGET -> Set.of(Kind.MODEL_UPDATE);
      default -> Set.of();
    };
  }

  @Override
  public void see(Sighting sighting, Consumer<Alert> alerts) {
    Duties duties = sighting.inForce().policy().map(Policy::duties).orElse(Duties.NONE);
    if (!duties.ofOrder()) {
      return;
    }
    duties
        .of(sighting.text(Names.KEY_ID))
        .forEach(
            (duty, said) -> {
              Rule rule = rules.get(duty);
              if (rule != null) {
                rule.see(sighting, said).ifPresent(alerts);
              }
            });
  }

  /** A use of a key that was to be rotated before. Its creation counts as a rotation. */
  private Optional<Alert> rotation(Sighting sighting, Said said) {
    Optional<String> key = sighting.text(Names.KEY_ID);
    if (key.isEmpty() || Attempt.of(sighting.event()) != Attempt.SUCCEEDED) {
      return Optional.empty();
    }
    if (sighting.event().kind() == Kind.KEY_LIFECYCLE) {
      if (BEGIN.contains(KeyAct.operation(sighting.event()))) {
        latest(Part.ROTATED, key.get(), sighting.ns());
      }
      return Optional.empty();
    }
    return KeyAct.isUse(sighting.event())
        ? time(Part.ROTATED, key.get())
            .filter(last -> later(sighting, last, said))
            .map(
                last ->
                    sighting.alert(
                        Alert.Kind.KEY_NOT_ROTATED, key.get(), since(sighting, last, "rotation")))
        : Optional.empty();
  }

  /** A key given out to an instance of which the log holds no attestation that is new enough. */
  private Optional<Alert> release(Sighting sighting, Said said) {
    RecordEvent event = sighting.event();
    if (Attempt.of(event) != Attempt.SUCCEEDED) {
      return Optional.empty();
    }
    String instance = Streams.instance(event);
    if (event.kind() == Kind.LOCATION_EVIDENCE) {
      latest(Part.ATTESTED, instance, sighting.ns());
      return Optional.empty();
    }
    if (event.kind() != Kind.KEY_USE || !RELEASES.contains(KeyAct.operation(event))) {
      return Optional.empty();
    }
    Optional<Long> last = time(Part.ATTESTED, instance);
    boolean held =
        last.isPresent()
            ? !later(sighting, last.get(), said)
            : memory.get(Part.ATTESTED, FORGOTTEN).isPresent();
    return held
        ? Optional.empty()
        : Optional.of(
            sighting.alert(
                Alert.Kind.KEY_NOT_ATTESTED,
                sighting.text(Names.KEY_ID).orElse(instance),
                last.map(at -> since(sighting, at, "attestation"))
                    .orElse("to an instance that was not attested")));
  }

  /** Data read in an operation that used one of two keys that both are needed. */
  private Optional<Alert> both(Sighting sighting, Said said) {
    RecordEvent event = sighting.event();
    if (event.trace().isEmpty() || Attempt.of(event) != Attempt.SUCCEEDED) {
      return Optional.empty();
    }
    String slot = event.trace().substring(0, 3);
    String used =
        memory
            .get(Part.TRACED, slot)
            .filter(one -> one.startsWith(event.trace()))
            .orElse(event.trace());
    if (event.kind() == Kind.KEY_USE) {
      String key = sighting.text(Names.KEY_ID).orElse("");
      String now = used;
      for (int i = 0; i < said.words().size(); i++) {
        boolean one =
            Duties.fits(said.words().get(i), key) && now.indexOf(' ' + Integer.toString(i)) < 0;
        now = one ? now + ' ' + i : now;
      }
      memory.keep(Part.TRACED, slot, now);
      return Optional.empty();
    }
    long keys = used.chars().filter(c -> c == ' ').count();
    boolean data = event.kind() == Kind.DATA_ACCESS || event.kind() == Kind.INFERENCE;
    return data && keys > 0 && keys < said.words().size()
        ? Optional.of(
            sighting.alert(
                Alert.Kind.KEY_ALONE,
                event.trace(),
                "of the keys that are needed together, not all were used in its trace"))
        : Optional.empty();
  }

  /** What needs an approval that binds. */
  private Optional<Approval> bound(Sighting sighting) {
    return approvals.reference(sighting).flatMap(Reference::approval);
  }

  private static boolean isDone(Sighting sighting, Duty duty) {
    return duty.isRequired(sighting.event()) && Attempt.of(sighting.event()) == Attempt.SUCCEEDED;
  }

  private Optional<Alert> consent(Sighting sighting, Said said) {
    boolean missing = isDone(sighting, Duty.BACKUP_CONSENT) && bound(sighting).isEmpty();
    return when(missing, sighting, Alert.Kind.BACKUP_WITHOUT_CONSENT, "no approval covers it");
  }

  private Optional<Alert> export(Sighting sighting, Said said) {
    Optional<Approval> approval = bound(sighting);
    boolean missing =
        isDone(sighting, Duty.EXPORT_APPROVAL)
            && approval.filter(one -> said.words().contains(one.authority())).isEmpty();
    return when(
        missing,
        sighting,
        Alert.Kind.EXPORT_WITHOUT_APPROVAL,
        approval
            .map(one -> "approved by the authority of " + one.authority())
            .orElse("no approval covers it"));
  }

  private Optional<Alert> filed(Sighting sighting, Said said) {
    boolean missing =
        isDone(sighting, Duty.EXPORT_FILING)
            && bound(sighting).filter(one -> !one.filing().isEmpty()).isEmpty();
    return when(
        missing,
        sighting,
        Alert.Kind.EXPORT_NOT_FILED,
        "no approval with a filing number covers it");
  }

  /** Who gave an approval, and who acts, are told apart where the log says who they are. */
  private Optional<Alert> dual(Sighting sighting, Said said) {
    boolean about =
        isDone(sighting, Duty.KEY_DUAL_CONTROL)
            && said.words().contains(KeyAct.operation(sighting.event()));
    Optional<Approval> approval = about ? bound(sighting) : Optional.empty();
    boolean same =
        approval
            .filter(one -> !one.by().isEmpty())
            .filter(one -> one.by().equals(who(sighting)))
            .isPresent();
    return when(
        about && (approval.isEmpty() || same),
        sighting,
        Alert.Kind.KEY_ONE_PERSON,
        same ? "approved by the one who did it" : "no approval covers it");
  }

  /** Openly, or by a pseudonym. */
  private static String who(Sighting sighting) {
    return sighting.text(Names.AUDIT_ACTOR_ID).orElse(sighting.event().person());
  }

  private static Optional<Alert> when(
      boolean broken, Sighting sighting, Alert.Kind kind, String why) {
    String subject =
        sighting
            .text(Names.APPROVAL_ID)
            .or(() -> sighting.text(Names.KEY_ID))
            .orElse(service(sighting.event()));
    return broken ? Optional.of(sighting.alert(kind, subject, why)) : Optional.empty();
  }

  private static String service(RecordEvent event) {
    return event.resourceAttributes().string(Names.SERVICE_NAME).orElse(event.sender());
  }

  /** Since when the service that sent a record is not in its normal mode. */
  private Optional<Long> degraded(Sighting sighting) {
    return time(Part.DEGRADED, service(sighting.event())).filter(since -> sighting.ns() > since);
  }

  /** A service's own word for its mode; false if a record is about something else. */
  private boolean mode(Sighting sighting) {
    Optional<String> state = sighting.text(Names.MODE_STATE);
    if (sighting.event().kind() != Kind.MODE || state.isEmpty()) {
      return false;
    }
    String service = service(sighting.event());
    if (isWord(state.get(), Set.of(NORMAL))) {
      memory.remove(Part.DEGRADED, service);
    } else if (time(Part.DEGRADED, service).isEmpty()) {
      memory.keep(Part.DEGRADED, service, sighting.ns() + " 0");
    }
    return true;
  }

  private Optional<Alert> write(Sighting sighting, Said said) {
    String service = service(sighting.event());
    if (mode(sighting)) {
      boolean accepted =
          !isWord(sighting.text(Names.MODE_STATE).orElse(""), Set.of(NORMAL))
              && sighting.text(Names.MODE_WRITES).filter(one -> !isWord(one, REFUSED)).isPresent();
      return accepted
          ? Optional.of(
              sighting.alert(Alert.Kind.DEGRADED_WRITE, service, "says that it takes writes"))
          : Optional.empty();
    }
    return isData(sighting, WRITES)
        ? degraded(sighting)
            .map(
                since -> sighting.alert(Alert.Kind.DEGRADED_WRITE, service, after(sighting, since)))
        : Optional.empty();
  }

  private Optional<Alert> read(Sighting sighting, Said said) {
    if (mode(sighting) || !isData(sighting, READS)) {
      return Optional.empty();
    }
    return degraded(sighting)
        .filter(since -> later(sighting, since, said))
        .map(
            since ->
                sighting.alert(
                    Alert.Kind.DEGRADED_READ, service(sighting.event()), after(sighting, since)));
  }

  private static String after(Sighting sighting, long sinceNs) {
    return (sighting.ns() - sinceNs) / NS + " s after it left its normal mode";
  }

  private static boolean isData(Sighting sighting, Set<String> operations) {
    RecordEvent event = sighting.event();
    return event.kind() == Kind.DATA_ACCESS
        && Attempt.of(event) == Attempt.SUCCEEDED
        && sighting
            .text(Names.DATA_OPERATION)
            .or(() -> sighting.text(Names.AUDIT_ACTION))
            .filter(operation -> operations.contains(Operations.word(operation)))
            .isPresent();
  }

  private static boolean isWord(String text, Set<String> words) {
    return words.contains(FixedUnicode.lowerCase(FixedUnicode.strip(text)));
  }

  /** An update that spends more privacy of a category than a period has. */
  private Optional<Alert> budget(Sighting sighting, Said said) {
    long spent = spent(sighting.event());
    long periodS = said.perS();
    if (spent == 0 || periodS == 0 || Attempt.of(sighting.event()) != Attempt.SUCCEEDED) {
      return Optional.empty();
    }
    long period = Math.floorDiv(sighting.ns(), periodS * NS);
    List<String> named = sighting.event().categories().stream().distinct().toList();
    Optional<Alert> over = Optional.empty();
    for (String category : named.isEmpty() ? List.of(Policy.ANY_CATEGORY) : named) {
      long before =
          kept(Part.SPENT, category).filter(one -> one.at == period).map(Kept::value).orElse(0L);
      long now = Math.min(SPENT_MAX, before + spent);
      boolean late = kept(Part.SPENT, category).filter(one -> one.at > period).isPresent();
      if (!late) {
        memory.keep(Part.SPENT, category, period + " " + now);
      }
      if (!late && now > said.number() * MILLION && over.isEmpty()) {
        over =
            Optional.of(
                sighting.alert(
                    Alert.Kind.LEARNING_OVER_BUDGET, category, "more epsilon than a period has"));
      }
    }
    return over;
  }

  /** Millionths, rounded up. */
  private static long spent(RecordEvent event) {
    double epsilon =
        event.attributes().get(Names.MODEL_UPDATE_EPSILON).map(DutyDetector::number).orElse(0.0);
    return epsilon > 0 ? (long) Math.min(SPENT_MAX, Math.ceil(epsilon * MILLION)) : 0;
  }

  private static double number(Value value) {
    return value instanceof Value.Real real
        ? real.number()
        : value instanceof Value.Int whole ? whole.integer() : 0;
  }

  /** What is kept of a thing: a time or a period, and a number. */
  record Kept(long at, long value) {
    static Kept of(String text) {
      int space = text.indexOf(' ');
      return new Kept(
          Long.parseLong(text.substring(0, space)), Long.parseLong(text.substring(space + 1)));
    }
  }

  private Optional<Kept> kept(Part part, String item) {
    return memory.get(part, item).map(Kept::of);
  }

  private Optional<Long> time(Part part, String item) {
    return kept(part, item).map(Kept::at);
  }

  private void latest(Part part, String item, long ns) {
    if (time(part, item).filter(before -> before >= ns).isEmpty()) {
      memory.keep(part, item, ns + " 0");
    }
  }

  private static boolean later(Sighting sighting, long atNs, Said said) {
    return sighting.ns() - atNs > said.number() * NS;
  }

  private static String since(Sighting sighting, long atNs, String of) {
    return (sighting.ns() - atNs) / NS + " s after its last " + of;
  }
}
