package dev.cadastre.formats.policy;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Kinds;
import dev.cadastre.formats.event.Operations;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Names;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a policy may ask for beside places, a row each: where it stands in the policy, what is said
 * for it, and what a record must say. The reader, the writer, the judge and the pages go by this
 * table; docs/formats/policy.md has the same one in words.
 */
public enum Duty {
  KEY_ALGORITHMS(
      "keys",
      "algorithms",
      Form.WORDS,
      Hop.KEY,
      Names.KEY_ALGORITHM,
      Of.ANY,
      Of.KEY_USE,
      "With which algorithms keys may be used."),
  KEY_JUSTIFICATIONS(
      "keys",
      "justifications",
      Form.WORDS,
      Hop.KEY,
      Names.KEY_JUSTIFICATION,
      Of.KEY_USE,
      Of.KEY_USE,
      "For which reasons, by their codes, keys may be used."),
  MODEL_SIGNERS(
      "models",
      "signed-by",
      Form.WORDS,
      Hop.PROCESSING,
      Names.MODEL_SIGNER,
      Of.ROLLOUT,
      Of.ROLLOUT,
      "Who must have signed a model that is put to work."),
  MODEL_PLACES(
      "models",
      "rollout",
      Form.PLACES,
      Hop.PROCESSING,
      Names.LOCATION_PROCESSING,
      Of.ROLLOUT,
      Of.ROLLOUT,
      "Where models may be put to work."),
  MODEL_CACHES(
      "models",
      "caches",
      Form.PLACES,
      Hop.STORAGE,
      Names.LOCATION_STORAGE,
      Of.CACHE,
      Of.CACHE,
      "Where caches and vector stores may be."),
  PROMPT_RETENTION(
      "models",
      "prompt-retention",
      Form.TIME,
      Hop.PROCESSING,
      Names.INFERENCE_RETENTION,
      Of.ANY,
      Of.INFERENCE,
      "How long a provider may keep prompts and answers."),
  MODEL_TRAINING(
      "models",
      "training",
      Form.FORBIDDEN,
      Hop.PROCESSING,
      Names.INFERENCE_TRAINING,
      Of.ANY,
      Of.INFERENCE,
      "Whether what is asked and answered may train a model."),
  UPDATE_CLIP(
      "learning",
      "clip",
      Form.NUMBER,
      Hop.PROCESSING,
      Names.MODEL_UPDATE_CLIP,
      Of.ANY,
      Of.UPDATE,
      "To which norm a federated update must be clipped."),
  UPDATE_EPSILON(
      "learning",
      "epsilon",
      Form.NUMBER,
      Hop.PROCESSING,
      Names.MODEL_UPDATE_EPSILON,
      Of.ANY,
      Of.UPDATE,
      "How much privacy (epsilon) one federated update may spend."),
  BACKUP_KEY(
      "backups",
      "key",
      Form.SAME,
      Hop.BACKUP,
      Names.KEY_ORIGIN,
      Of.BACKUP,
      Of.BACKUP,
      "That a backup or a replica lies under the key of what it is a copy of."),
  KEY_ROTATION(
      "keys", "rotate-every", Form.TIME, Hop.KEY, Of.NONE, "How often keys must be rotated."),
  KEY_RELEASE(
      "keys",
      "attested-release",
      Form.TIME,
      Hop.KEY,
      Of.NONE,
      "That a key is given out to an instance alone that the log holds an attestation of."),
  KEY_DOUBLE(
      "keys",
      "double-key",
      Form.WORDS,
      Hop.KEY,
      Of.NONE,
      "Which keys must be used together in one operation."),
  KEY_DUAL_CONTROL(
      "keys",
      "dual-control",
      Form.WORDS,
      Hop.KEY,
      Of.KEY_LIFE,
      "For which acts of a key's life a second person must have given an approval."),
  BACKUP_CONSENT(
      "backups",
      "consent",
      Form.REQUIRED,
      Hop.BACKUP,
      Of.BACKUP,
      "That an approval covers a backup or a replica."),
  EXPORT_APPROVAL(
      "exports",
      "approved-by",
      Form.WORDS,
      Hop.EGRESS,
      Of.EXPORT,
      "By whose authority an export must have been approved."),
  EXPORT_FILING(
      "exports",
      "filing",
      Form.REQUIRED,
      Hop.EGRESS,
      Of.EXPORT,
      "That the approval of an export has a filing number."),
  DEGRADED_WRITES(
      "degraded",
      "writes",
      Form.REFUSED,
      Hop.STORAGE,
      Of.NONE,
      "That a service which is not in its normal mode refuses writes."),
  DEGRADED_READS(
      "degraded",
      "reads",
      Form.TIME,
      Hop.STORAGE,
      Of.NONE,
      "For how long a service that is not in its normal mode may serve reads."),
  LEARNING_BUDGET(
      "learning",
      "budget",
      Form.BUDGET,
      Hop.PROCESSING,
      Of.NONE,
      "How much privacy (epsilon) federated updates may spend in a period.");

  /** What may be said of single keys. */
  private static final Set<String> OF_SINGLE_KEYS =
      Set.of("algorithms", "justifications", "rotate-every", "dual-control");

  /** What is said for a duty. */
  public enum Form {
    /** One of a list. */
    WORDS,
    /** At most a number. */
    NUMBER,
    /** At most a duration. */
    TIME,
    /** False, and what is true is forbidden. */
    FORBIDDEN,
    /** A rule of place. */
    PLACES,
    /** {@code same}: as the record's {@code ledger.key.id}. */
    SAME,
    /** {@code refused}. */
    REFUSED,
    /** True: it must be there. */
    REQUIRED,
    /** At most a number in a time. */
    BUDGET
  }

  private final String section;
  private final String member;
  private final Form form;
  private final Hop hop;
  private final String attribute;
  private final Of of;
  private final Of required;
  private final String about;

  Duty(
      String section,
      String member,
      Form form,
      Hop hop,
      String attribute,
      Of of,
      Of required,
      String about) {
    this.section = section;
    this.member = member;
    this.form = form;
    this.hop = hop;
    this.attribute = attribute;
    this.of = of;
    this.required = required;
    this.about = about;
  }

  /** One that the judge passes over: the order of the log shows whether it is kept. */
  Duty(String section, String member, Form form, Hop hop, Of required, String about) {
    this(section, member, form, hop, "", Of.NONE, required, about);
  }

  /** Whether only the order of the log shows that it is kept. */
  public boolean isOfOrder() {
    return attribute.isEmpty();
  }

  /** Whether it may be said of single keys. */
  boolean isOfSingleKeys() {
    return section.equals(Duties.KEYS) && OF_SINGLE_KEYS.contains(member);
  }

  /** The duties that stand in one member of a policy. */
  static List<Duty> in(String section) {
    return Stream.of(values()).filter(one -> one.section.equals(section)).toList();
  }

  /** Their names there. */
  static List<String> members(String section) {
    return in(section).stream().map(Duty::member).toList();
  }

  /** The duty whose breach findings call so. */
  public static Optional<Duty> of(String id) {
    return Stream.of(values()).filter(one -> one.id().equals(id)).findFirst();
  }

  String section() {
    return section;
  }

  String member() {
    return member;
  }

  /** What findings call it. */
  public String id() {
    return section + "." + member;
  }

  public Form form() {
    return form;
  }

  /** The hop that it is about. */
  public Hop hop() {
    return hop;
  }

  /** What must be said. */
  public String attribute() {
    return attribute;
  }

  /** What it is about, in a sentence. */
  public String about() {
    return about;
  }

  /** Whether what a record says of it counts. */
  public boolean isFor(RecordEvent event) {
    return of.isOf(event);
  }

  /** Whether a record must say it. */
  public boolean isRequired(RecordEvent event) {
    return required.isOf(event);
  }

  /** Sorts of records. */
  private enum Of {
    ANY(event -> true),
    NONE(event -> false),
    KEY_USE(event -> event.kind() == Kind.KEY_USE),
    KEY_LIFE(event -> event.kind() == Kind.KEY_LIFECYCLE),
    INFERENCE(event -> event.kind() == Kind.INFERENCE),
    ROLLOUT(event -> event.kind() == Kind.MODEL_UPDATE && !isUpdate(event)),
    UPDATE(event -> event.kind() == Kind.MODEL_UPDATE && isUpdate(event)),
    CACHE(event -> Kinds.begins(event.name(), Set.of("cache", "rag", "retrieval", "vector"))),
    BACKUP(
        event ->
            event.locations().containsKey(Hop.BACKUP)
                || event.kind() == Kind.LIFECYCLE
                    && Kinds.begins(event.name(), Set.of("backup", "replica", "snapshot"))),
    EXPORT(
        event ->
            Kinds.begins(
                    event.name(),
                    Set.of(
                        "diode.export",
                        "ioc.export",
                        "representation.export",
                        "rollup",
                        "split.export",
                        "synthetic.export"))
                || event
                    .attributes()
                    .string(Names.DATA_OPERATION)
                    .filter(operation -> Operations.word(operation).equals("export"))
                    .isPresent());

    private final Predicate<RecordEvent> test;

    Of(Predicate<RecordEvent> test) {
      this.test = test;
    }

    boolean isOf(RecordEvent event) {
      return test.test(event);
    }

    private static boolean isUpdate(RecordEvent event) {
      return event.attributes().has(Names.MODEL_UPDATE_CLIP)
          || event.attributes().has(Names.MODEL_UPDATE_EPSILON)
          || Kinds.begins(
              event.name(), Set.of("fl", "federated.update", "gradient", "split.export"));
    }
  }
}
