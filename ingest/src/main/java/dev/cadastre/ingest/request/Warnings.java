package dev.cadastre.ingest.request;

import dev.cadastre.ledger.model.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a sender should know of a request that was accepted; bounded, whatever was sent. */
public final class Warnings {
  private static final int SHOWN = 10;
  private static final int CHARS_MAX = 300;
  private static final int ID_CHARS_MAX = 80;

  private final Signal signal;
  private final int total;
  private final List<Problem> shown = new ArrayList<>();
  private final List<String> conflicting = new ArrayList<>();
  private int problems;
  private int conflicts;
  private int entries;
  private int passedOver;
  private int logs;
  private int unknown;
  private String remark = "";

  /**
   * What is wrong with one record.
   *
   * @param position of the record in the request, from 0
   */
  public record Problem(int position, String why) {}

  public Warnings(Signal signal, int total) {
    this.signal = signal;
    this.total = total;
  }

  /**
   * A record was kept, but not as it should be.
   *
   * @param position of the record in the request, from 0
   */
  public void problem(int position, String why) {
    problems++;
    if (shown.size() < SHOWN) {
      shown.add(new Problem(position, Texts.cut(why, CHARS_MAX)));
    }
  }

  /** Records carry ids under which the log has other records. They were kept all the same. */
  public void conflicts(List<Receipt> receipts) {
    for (Receipt receipt : receipts) {
      if (receipt.conflictsWith().isPresent()) {
        conflicts++;
        if (conflicting.size() < SHOWN) {
          conflicting.add(conflict(receipt, receipt.conflictsWith().getAsLong()));
        }
      }
    }
  }

  private static String conflict(Receipt receipt, long first) {
    return "\""
        + Texts.cut(receipt.recordId().orElse(""), ID_CHARS_MAX)
        + "\" of entry "
        + first
        + " in entry "
        + receipt.index();
  }

  /** Something is wrong with the request as a whole. */
  public void remark(String text) {
    remark = text;
  }

  /** A record is of no kind that anybody knows, and what its body says is private. */
  public void unknown() {
    unknown++;
  }

  /** A span is no evidence, and was not kept. */
  public void passedOver() {
    passedOver++;
  }

  /** The same of a span that looks like a log record. */
  public void logPassedOver() {
    passedOver++;
    logs++;
  }

  /** An entry is made of a record, which may bring several. */
  public void kept() {
    entries++;
  }

  private int all() {
    return Math.max(total, entries);
  }

  /** The first of the problems. */
  public List<Problem> shown() {
    return List.copyOf(shown);
  }

  public int problems() {
    return problems;
  }

  public int passedOverCount() {
    return passedOver;
  }

  /** One English text; empty if there is nothing to say. */
  public Optional<String> text() {
    List<String> parts = new ArrayList<>();
    if (!remark.isEmpty()) {
      parts.add(remark);
    }
    if (problems > 0) {
      int more = problems - shown.size();
      parts.add(
          problems
              + " of "
              + all()
              + " were kept, but have a problem: "
              + shown.stream()
                  .map(one -> signal.record() + " " + one.position + ": " + one.why)
                  .collect(Collectors.joining("; "))
              + (more > 0 ? "; and " + more + " more" : ""));
    }
    if (conflicts > 0) {
      int more = conflicts - conflicting.size();
      parts.add(
          conflicts
              + " of "
              + all()
              + " say something else than an earlier record with the same id; they were kept: "
              + String.join("; ", conflicting)
              + (more > 0 ? "; and " + more + " more" : ""));
    }
    if (unknown > 0) {
      parts.add(
          unknown
              + " of "
              + all()
              + " are of no known kind: they were kept, their bodies privately. Give each an event"
              + " name of the vocabulary, or send other logs elsewhere");
    }
    if (passedOver > 0) {
      parts.add(
          passedOver
              + " of "
              + total
              + " spans carry no audit., gen_ai. or ledger. attribute and were not kept"
              + (logs > 0 ? "; they look like log records, which go to /v1/logs" : ""));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(". ", parts));
  }
}
