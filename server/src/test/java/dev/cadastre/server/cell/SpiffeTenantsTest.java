package dev.cadastre.server.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cadastre.formats.Refused;
import dev.cadastre.ingest.location.SpiffeId;
import dev.cadastre.ledger.model.LogName;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpiffeTenantsTest {
  @ParameterizedTest
  @CsvSource({
    "spiffe://bank.example/ns/prod/sa/api, bank",
    "spiffe://bank.example/ns/prod/sa/mailer, mail",
    "spiffe://bank.example/ns/prod/sa/mailer/two, bank",
    "spiffe://bank.example/ns/test/sa/api, test",
    "spiffe://bank.example/ns/test, rest",
    "spiffe://bank.example, ",
    "spiffe://bank.example/ns/production/sa/api, rest",
    "spiffe://other.example/ns/prod/sa/api, ",
  })
  void theLongestMatchCounts(String id, String tenant) throws Refused {
    SpiffeTenants tenants =
        SpiffeTenants.parse(
            Map.of(
                "spiffe://bank.example/**", "rest",
                "spiffe://bank.example/ns/prod/**", "bank",
                "spiffe://bank.example/ns/test/**", "test",
                "spiffe://bank.example/ns/prod/sa/mailer", "mail"));
    assertEquals(
        Optional.ofNullable(tenant).map(LogName::new),
        tenants.rule(SpiffeId.parse(id)).map(SpiffeTenants.Rule::tenant));
  }

  @Test
  void anIdIsTheVendorsOrItsCustomers() throws Refused {
    String id = "spiffe://bank.example/hsm";
    SpiffeTenants tenants =
        SpiffeTenants.parse(Map.of("spiffe://bank.example/**", "bank"), Map.of(id, "bank"));
    assertEquals(true, tenants.rule(SpiffeId.parse(id)).orElseThrow().counterpart());
    assertEquals(
        false,
        tenants.rule(SpiffeId.parse("spiffe://bank.example/api")).orElseThrow().counterpart());
    assertThrows(Refused.class, () -> SpiffeTenants.parse(Map.of(id, "a"), Map.of(id, "a")));
  }

  @Test
  void whatIsNoIdOrNoTenantIsRefused() {
    assertThrows(Refused.class, () -> SpiffeTenants.parse(Map.of("bank.example/a", "bank")));
    assertThrows(
        Refused.class, () -> SpiffeTenants.parse(Map.of("spiffe://bank.example/a", "cell")));
    assertThrows(
        Refused.class, () -> SpiffeTenants.parse(Map.of("spiffe://bank.example/a", "A b")));
  }
}
