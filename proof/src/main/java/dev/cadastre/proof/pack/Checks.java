package dev.cadastre.proof.pack;

/** Everything a verifier checks, in the order it reports. */
enum Checks {
  ARCHIVE(
      "archive",
      "Archive",
      "A plain ZIP archive: nothing in it climbs out, links elsewhere, hides or explodes."),
  FILES(
      "files",
      "Files",
      "Every file that belongs in a pack is there, every file is listed, and each has the digest"
          + " the list gives. The bag says that it holds these entries."),
  KEYS(
      "keys",
      "Keys",
      "The pack names one key set for the log and one for the cell's anchors log. Whose keys they"
          + " are, it cannot show."),
  SIGNATURE(
      "signature",
      "Signature",
      "The log's key signed the list of all files. Says who packed them and that none changed"
          + " since, not that they are true."),
  ANCHOR_AFTER(
      "anchor-after",
      "Anchor after",
      "The anchor that closes the period is in the cell's public anchors log and commits to this"
          + " log's size and root."),
  ANCHOR_BEFORE(
      "anchor-before",
      "Anchor before",
      "The anchor before the period commits to the log as it was then, so the period cannot start"
          + " late."),
  BIRTH(
      "birth",
      "Birth",
      "Entry 0 of the log names this log and these keys, so the entries cannot come from another"
          + " log."),
  START(
      "start",
      "Start",
      "The tree before the first entry has the root of the anchor before: nothing between them is"
          + " left out."),
  ENTRIES(
      "entries",
      "Entries",
      "Each entry names its place and the hash of the one before: none was edited, added, removed"
          + " or moved on its own."),
  COMPLETENESS(
      "completeness",
      "Completeness",
      "The entries lead from one anchored root to the other, so they are all there are. Events"
          + " never sent to the log it cannot show."),
  EVENTS(
      "events",
      "Events",
      "Each event reads in exactly one way. What senders told is recorded as told, not proven to"
          + " have happened."),
  POLICIES(
      "policies",
      "Policies",
      "The policies and the place registry are those that the log adopted. That none was adopted"
          + " between the one shown and the first entry, only the whole log shows."),
  CARRIED(
      "carried",
      "Carried over",
      "What was known of keys before the period, such as which were disabled, is what the last"
          + " entry before it says. Every such entry among the entries was computed again; that"
          + " one, the pack of the period before checks."),
  VERDICTS(
      "verdicts",
      "Verdicts",
      "Every verdict was computed again from the event and the policy in force. A place is as"
          + " certain as its stated assurance."),
  ATTESTATION(
      "attestation",
      "Attestation",
      "The attestation was computed again from the entries, byte for byte, and the log's key signed"
          + " it."),
  REPORT(
      "report",
      "Report",
      "Both pages for people were computed again, byte for byte: they say what the attestation"
          + " says, and hold no script."),
  TABLE(
      "table", "Table", "The spreadsheet table was computed again and shows what the entries say."),
  TRUST(
      "trust",
      "Trust",
      "Keys that come with a pack prove nothing until they are compared with a source that the"
          + " pack's sender does not control.");

  private final String id;
  private final String title;
  private final String meaning;

  Checks(String id, String title, String meaning) {
    this.id = id;
    this.title = title;
    this.meaning = meaning;
  }

  String id() {
    return id;
  }

  String title() {
    return title;
  }

  String meaning() {
    return meaning;
  }
}
