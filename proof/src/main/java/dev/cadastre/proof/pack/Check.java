package dev.cadastre.proof.pack;

import dev.cadastre.formats.json.Json;

/**
 * One thing that was checked.
 *
 * @param id stable name for machines
 * @param title short name for people
 * @param meaning what it means that the check holds, and what it does not prove
 * @param detail what was found
 */
public record Check(String id, String title, String meaning, Status status, String detail) {
  /** How a check ended. */
  public enum Status {
    /** It holds. */
    OK("ok"),
    /** It does not hold; the pack is refused. */
    FAILED("failed"),
    /** It could not be made because another one failed, or does not apply. */
    SKIPPED("skipped"),
    /** Nothing was proven; the reader has something to do. */
    NOTE("note");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    /** The word that output shows. */
    public String word() {
      return word;
    }
  }

  Check(Checks kind, Status status, String detail) {
    this(kind.id(), kind.title(), kind.meaning(), status, detail);
  }

  Json.Obj toJson() {
    return Json.Obj.builder()
        .put("detail", detail)
        .put("id", id)
        .put("meaning", meaning)
        .put("status", status.word())
        .put("title", title)
        .build();
  }
}
