package dev.cadastre.bench.load;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.value.Attributes;

/** Attributes of a data access, of the words that {@link PreparedRequest} uses. */
public final class SampleAttributes {
  private SampleAttributes() {}

  public static Attributes of(int i) throws Refused {
    return Attributes.builder()
        .put("audit.actor.id", "svc-" + i % 50)
        .put("audit.actor.type", "service")
        .put("audit.action", "account.read")
        .put("audit.outcome", "success")
        .put("ledger.data.category", "customer-data")
        .put("ledger.data.operation", "read")
        .put("ledger.data.object.id", "account/" + i % 10_000)
        .build();
  }
}
