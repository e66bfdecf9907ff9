package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.util.List;

/**
 * An in-toto Statement v1 about a log at a certain size.
 *
 * @param origin the log; the subject's name
 * @param root root of the log's tree; the subject's digest
 * @param predicateType what the predicate is
 * @param predicate what is said
 */
public record Statement(String origin, Hash root, String predicateType, Json.Obj predicate) {
  public static final String TYPE = "https://in-toto.io/Statement/v1";

  public Json.Obj toJson() {
    Json digest = Json.Obj.builder().put("sha256", root.hex()).build();
    Json subject = Json.Obj.builder().put("digest", digest).put("name", origin).build();
    return Json.Obj.builder()
        .put("_type", TYPE)
        .put("predicate", predicate)
        .put("predicateType", predicateType)
        .put("subject", new Json.Arr(List.of(subject)))
        .build();
  }

  public static Statement fromJson(Json.Obj json) throws Refused {
    json.only("_type", "predicate", "predicateType", "subject");
    List<Json.Obj> subjects = json.objects("subject");
    if (!json.str("_type").equals(TYPE) || subjects.size() != 1) {
      throw new Refused(
          "expected an in-toto Statement v1 with one subject, found another statement");
    }
    Json.Obj subject = subjects.get(0);
    subject.only("digest", "name");
    Json.Obj digest = subject.obj("digest");
    digest.only("sha256");
    return new Statement(
        subject.str("name"),
        Hash.ofHex(digest.str("sha256")),
        json.str("predicateType"),
        json.obj("predicate"));
  }
}
