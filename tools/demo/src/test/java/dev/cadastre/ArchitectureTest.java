package dev.cadastre;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the walls of the house. docs/ARCHITECTURE.md describes its rooms. */
class ArchitectureTest {
  private static final int TYPES_MAX = 30;

  private static JavaClasses house;

  @BeforeAll
  static void importHouse() {
    house =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.cadastre");
  }

  @Test
  void roomsKnowOnlyTheRoomsBelowThem() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("formats")
        .definedBy("dev.cadastre.formats..")
        .layer("proof")
        .definedBy("dev.cadastre.proof..")
        .layer("ledger")
        .definedBy("dev.cadastre.ledger..")
        .layer("ingest")
        .definedBy("dev.cadastre.ingest..")
        .layer("anchors")
        .definedBy("dev.cadastre.anchors..")
        .layer("evidence")
        .definedBy("dev.cadastre.evidence..")
        .layer("portal")
        .definedBy("dev.cadastre.portal..")
        .layer("server")
        .definedBy("dev.cadastre.server..")
        .layer("tools")
        .definedBy("dev.cadastre.demo..", "dev.cadastre.bench..")
        .whereLayer("formats")
        .mayNotAccessAnyLayer()
        .whereLayer("proof")
        .mayOnlyAccessLayers("formats")
        .whereLayer("ledger")
        .mayOnlyAccessLayers("proof", "formats")
        .whereLayer("ingest")
        .mayOnlyAccessLayers("ledger", "proof", "formats")
        .whereLayer("anchors")
        .mayOnlyAccessLayers("ledger", "proof", "formats")
        .whereLayer("evidence")
        .mayOnlyAccessLayers("anchors", "ledger", "proof", "formats")
        .whereLayer("portal")
        .mayOnlyAccessLayers("evidence", "anchors", "ingest", "ledger", "proof", "formats")
        .whereLayer("tools")
        .mayNotBeAccessedByAnyLayer()
        .check(house);
  }

  @Test
  void noPackagesDependOnOneAnotherInACircle() {
    slices()
        .matching("dev.cadastre.(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(generated(), generated())
        .check(house);
  }

  private static DescribedPredicate<JavaClass> generated() {
    return JavaClass.Predicates.resideInAPackage("dev.cadastre.ledger.jooq..");
  }

  @Test
  void noPackageIsTooFullToFindSomethingInIt() {
    Map<String, Integer> full = new TreeMap<>();
    for (JavaClass one : house) {
      if (one.isTopLevelClass() && !one.getSimpleName().equals("package-info")) {
        full.merge(one.getPackageName(), 1, Integer::sum);
      }
    }
    assertFalse(full.isEmpty());
    full.values().removeIf(types -> types <= TYPES_MAX);
    full.keySet().removeIf(name -> name.startsWith("dev.cadastre.ledger.jooq"));
    assertEquals(Map.of(), full);
  }

  @Test
  void oneNameMeansOneThing() {
    Map<String, List<String>> byName = new TreeMap<>();
    for (JavaClass one : house) {
      boolean generated = one.getPackageName().startsWith("dev.cadastre.ledger.jooq");
      if (one.isTopLevelClass() && !generated && !one.getSimpleName().equals("package-info")) {
        byName.computeIfAbsent(one.getSimpleName(), any -> new ArrayList<>()).add(one.getName());
      }
    }
    byName.values().removeIf(types -> types.size() == 1);
    assertEquals(Map.of(), byName);
  }

  @Test
  void theVerifierIsPure() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.cadastre.formats..", "dev.cadastre.proof..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "java.net.http..", "java.util.logging..")
        .because("the verifier runs offline on a stranger's machine")
        .check(house);
  }

  @Test
  void noProofReadsTheIndex() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.cadastre.ledger.log..",
            "dev.cadastre.ledger.fsck..",
            "dev.cadastre.ledger.sequencer..",
            "dev.cadastre.ledger.vault..",
            "dev.cadastre.anchors..",
            "dev.cadastre.evidence..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.cadastre.ledger.search..")
        .because("the index can be dropped at any time, and proves nothing")
        .check(house);
  }

  @Test
  void theIndexKnowsASourceOfEntriesAndNotTheLedger() {
    noClasses()
        .that()
        .resideInAPackage("dev.cadastre.ledger.search..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.cadastre.ledger",
            "dev.cadastre.ledger.log..",
            "dev.cadastre.ledger.sequencer..",
            "dev.cadastre.ledger.vault..")
        .check(house);
  }

  @Test
  void jooqStaysInsideTheLedger() {
    classes()
        .that()
        .resideInAPackage("org.jooq..")
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAnyPackage("dev.cadastre.ledger..", "org.jooq..")
        .allowEmptyShould(true)
        .check(house);
  }

  @Test
  void onlyOneRoomKnowsSqlite() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.cadastre.ledger.store.sqlite..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.sqlite..")
        .because("what every store must do is said by the port, ledger.store")
        .check(house);
  }

  @Test
  void onlyCompositionRootsChooseTheStore() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.cadastre.ledger.store.sqlite..",
            "dev.cadastre.server.cell..",
            "dev.cadastre.server.cli..",
            // A backup is made of the store's own files.
            "dev.cadastre.server.backup..",
            "dev.cadastre.bench..",
            "dev.cadastre.demo..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.cadastre.ledger.store.sqlite..")
        .because("another store is to come without changing anything that reads or writes one")
        .check(house);
  }
}
