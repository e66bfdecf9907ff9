package dev.cadastre.formats.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryTest {
  private static final Registry REGISTRY = Registry.standard();

  @Test
  void aRegionLiesInItsCountryAndThatCountrysJurisdictions() {
    Place place = REGISTRY.resolve("aws:eu-central-1").orElseThrow();
    assertEquals(Optional.of("DE"), place.country());
    assertEquals(Set.of("EU", "EEA", "DACH"), place.jurisdictions());
    assertEquals(List.of("aws", "eu-central-1"), List.of(place.provider(), place.region()));
  }

  @Test
  void aJurisdictionOfSeveralCountriesLiesInNoOneOfThem() {
    Place place = REGISTRY.resolve("EU").orElseThrow();
    assertEquals(27, place.countries().size());
    assertEquals(Optional.empty(), place.country());
    assertEquals(Set.of("EU", "EEA"), place.jurisdictions());
  }

  @Test
  void onlyCanonicalSpellingResolves() {
    for (String text :
        List.of("de", " DE", "AWS:eu-central-1", "eu-central-1", "Germany", "", "*", "onprem:x")) {
      assertEquals(Optional.empty(), REGISTRY.resolve(text), text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "eu-central-1, aws, aws:eu-central-1",
    "eu-central-1, alibaba_cloud, alibaba:eu-central-1",
    "' EU-Central-1 ', AWS, aws:eu-central-1",
    "eu-central-1b, aws, aws:eu-central-1",
    "europe-west3-a, gcp, gcp:europe-west3",
    "'Germany West Central', azure, azure:germanywestcentral",
    "fr-par-2, scaleway, scaleway:fr-par",
    "'AWS : eu-west-1', '', aws:eu-west-1",
    "google_cloud:europe-west3, '', gcp:europe-west3",
    "OnPrem:Frankfurt-DC, '', onprem:frankfurt-dc",
    "de, '', DE",
    "Germany, '', DE",
    "eu, aws, EU",
    "DE, ovh, DE",
    "us-gov-west-1, aws, aws:us-gov-west-1",
    "eusc-de-east-1, aws, aws:eusc-de-east-1",
    "us-iso-east-1, aws, aws:us-iso-east-1",
    "USDoD Central, azure, azure:usdodcentral",
    "GRA11, ovhcloud, ovh:gra11",
    "ap-guangzhou-3, tencent_cloud, tencent:ap-guangzhou",
    "linode:eu-central, '', akamai:eu-central",
    "europe, gcp, gcp:europe",
    "EUR4, gcp, gcp:eur4",
    "nam4, google_cloud, gcp:nam4",
    "gcp:global, '', gcp:global",
    "'Asia Pacific', azure, azure:asiapacific",
    "apac, aws, APAC",
    "aws:apac, '', aws:apac",
    "us, gcp, US",
  })
  void spellingsOfSendersBecomeCanonical(String text, String provider, String place) {
    assertEquals(Optional.of(place), REGISTRY.canonical(text, provider));
  }

  @ParameterizedTest
  @CsvSource({
    "eu-central-1, ''",
    "eu-central-9, aws",
    "mars, aws",
    "moon:base, ''",
    "'', ''",
    "global, gcp"
  })
  void whatIsUnknownStaysSo(String text, String provider) {
    assertEquals(Optional.empty(), REGISTRY.canonical(text, provider));
  }

  @ParameterizedTest
  @CsvSource({
    "gcp:eur3, BE FI NL", "gcp:eur4, FI NL", "gcp:eur5, BE GB NL", "gcp:eur6, CH DE NL",
    "gcp:eur7, DE GB IT", "gcp:eur8, CH DE", "gcp:nam4, US", "gcp:asia1, JP",
    "gcp:europe, BE DE ES FI FR IT NL PL SE", "aws:eu, DE ES FR IE IT SE", "azure:germany, DE"
  })
  void anAreaLiesInTheCountriesOfItsRegions(String area, String countries) {
    Place place = REGISTRY.resolve(area).orElseThrow();
    assertEquals(Set.of(countries.split(" ")), place.countries());
    assertTrue(place.regions().size() > 1 || countries.length() == 2, area);
  }

  @Test
  void anAreaHoldsItsRegionsAndNoOthers() {
    Place area = REGISTRY.resolve("gcp:eur4").orElseThrow();
    assertTrue(area.covers(REGISTRY.resolve("gcp:europe-west4").orElseThrow()));
    assertFalse(area.covers(REGISTRY.resolve("gcp:europe-west3").orElseThrow()));
    assertFalse(area.covers(REGISTRY.resolve("NL").orElseThrow()));
    assertTrue(area.touches(REGISTRY.resolve("NL").orElseThrow()));
    assertFalse(area.touches(REGISTRY.resolve("azure:westeurope").orElseThrow()));
    assertTrue(REGISTRY.resolve("EU").orElseThrow().covers(area));
  }

  @Test
  void everyRegionHasACountryAndADotOnTheMap() {
    assertTrue(REGISTRY.regions().size() > 450);
    for (Region region : REGISTRY.regions()) {
      assertTrue(REGISTRY.countries().containsKey(region.country()), region.id());
      assertTrue(Math.abs(region.latitude()) + Math.abs(region.longitude()) > 1, region.id());
      assertEquals(
          Optional.of(region.country()), REGISTRY.resolve(region.id()).orElseThrow().country());
    }
  }

  @Test
  void anEditionIsFoundByItsDigest() {
    assertEquals(Optional.of(REGISTRY), Registry.edition(REGISTRY.sha256()));
    assertEquals(Optional.empty(), Registry.edition(Hash.ZERO));
  }

  @Test
  void theFirstEditionIsKept() throws Refused {
    Hash first = Hash.ofHex("4c6c23cc20889ea6a84f5acaf4fe3091d0d22cb912ff6b2281b93d6349e2dfe7");
    Registry edition = Registry.edition(first).orElseThrow();
    assertEquals("2026-11", edition.version());
    for (Region region : edition.regions()) {
      assertEquals(
          region.country(), REGISTRY.region(region.id()).orElseThrow().country(), region.id());
    }
  }

  @Test
  void itsDigestIsOfItsCanonicalBytes() throws Refused {
    Registry again = Registry.parse(REGISTRY.jcs());
    assertEquals(REGISTRY.sha256(), again.sha256());
    assertEquals(REGISTRY.places(), again.places());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"EU\":[\"XX\"]| |expected a country",
        "\"EU\":[]| |countries of its own",
        "\"DE\":[\"FR\"]| |countries of its own",
        "\"EU\":[\"DE\"]|\"a\":{\"name\":\"A\",\"aliases\":[\"a\"],\"regions\":{}}|is taken",
        "\"EU\":[\"DE\"]|\"onprem\":{\"name\":\"A\",\"regions\":{}}|is taken",
        "\"EU\":[\"DE\"]|\"a\":{\"name\":\"A\",\"regions\":{\"r\":{\"country\":\"DE\",\"name\":\"x\",\"lat\":91,\"lon\":0}}}|degrees",
        "\"EU\":[\"DE\"]|\"a\":{\"name\":\"A\",\"regions\":{\"r\":{\"country\":\"EU\",\"name\":\"x\",\"lat\":1,\"lon\":0}}}|expected"
            + " a country",
      })
  void aRegistryThatContradictsItselfIsRefused(
      String jurisdictions, String providers, String says) {
    String json =
        "{\"format\":\"cadastre-registry/v1\",\"version\":\"t\",\"sources\":{},\"countries\":{\"DE\":\"Germany\",\"FR\":\"France\"},"
            + "\"jurisdictions\":{"
            + jurisdictions
            + "},\"providers\":{"
            + (providers == null ? "" : providers)
            + "}}";
    Refused refused =
        assertThrows(Refused.class, () -> Registry.parse(json.getBytes(StandardCharsets.UTF_8)));
    assertTrue(refused.toString().contains(says), refused.toString());
  }
}
