package dev.cadastre.ingest.wire;

import dev.cadastre.formats.residency.CalledHosts;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.formats.value.ContentAttributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.PrivateAttributes;
import dev.cadastre.ingest.foreign.ForeignFormats;
import dev.cadastre.ingest.inference.Dialect;
import dev.cadastre.ingest.inference.Frameworks;
import java.util.List;
import java.util.Optional;

/** The name of an attribute and what it says. */
public final class Name {
  /** Attributes that carry a sender's id of a record; the first of them that is there counts. */
  public static final List<String> RECORD_IDS =
      List.of(Names.AUDIT_RECORD_ID, "log.record.uid", "cloudevents.event_id");

  private final String text;
  private final int marks;

  private Name(String text, int marks) {
    this.text = text;
    this.marks = marks;
  }

  public static Name of(String text) {
    int marks = 0;
    marks |= bit(Mark.TENANT, text.equals(Names.TENANT_ID));
    marks |= bit(Mark.RECORD_ID, RECORD_IDS.contains(text));
    marks |= bit(Mark.ACTOR_TYPE, text.equals(Names.AUDIT_ACTOR_TYPE));
    marks |= bit(Mark.CONTENT, ContentAttributes.isContent(text));
    marks |= bit(Mark.SIGNATURE, text.equals(Names.AUDIT_INTEGRITY_VALUE));
    marks |= bit(Mark.FOREIGN, ForeignFormats.isMark(text));
    marks |= bit(Mark.JUDGED, Judge.decides(text) || CalledHosts.isName(text));
    marks |= bit(Mark.DIALECT, Dialect.isMark(text));
    marks |= bit(Mark.MODEL, Frameworks.isName(text));
    boolean actor = text.equals(Names.AUDIT_ACTOR_ID);
    marks |= bit(Mark.ACTOR, actor);
    marks |= bit(Mark.PRIVATE, !actor && PrivateAttributes.isPrivate(text, Optional.empty()));
    return new Name(text, marks);
  }

  private static int bit(Mark mark, boolean set) {
    return set ? mark.bit() : 0;
  }

  public String text() {
    return text;
  }

  public boolean has(Mark mark) {
    return (marks & mark.bit()) != 0;
  }

  int marks() {
    return marks;
  }

  @Override
  public String toString() {
    return text;
  }
}
