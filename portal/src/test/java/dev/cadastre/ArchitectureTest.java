package dev.cadastre;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds the arrows between the rooms of the house: proof, ledger, ingest and anchors, bench,
 * portal.
 */
class ArchitectureTest {

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
        .layer("proof")
        .definedBy("dev.cadastre.proof..")
        .layer("ledger")
        .definedBy("dev.cadastre.ledger..")
        .layer("ingest")
        .definedBy("dev.cadastre.ingest..")
        .layer("anchors")
        .definedBy("dev.cadastre.anchors..")
        .layer("bench")
        .definedBy("dev.cadastre.bench..")
        .layer("portal")
        .definedBy("dev.cadastre.portal..")
        .whereLayer("proof")
        .mayNotAccessAnyLayer()
        .whereLayer("ledger")
        .mayOnlyAccessLayers("proof")
        .whereLayer("ingest")
        .mayOnlyAccessLayers("ledger", "proof")
        .whereLayer("anchors")
        .mayOnlyAccessLayers("ledger", "proof")
        .whereLayer("bench")
        .mayOnlyAccessLayers("anchors", "ingest", "ledger", "proof")
        .withOptionalLayers(true)
        .check(house);
  }

  @Test
  void proofIsPure() {
    noClasses()
        .that()
        .resideInAPackage("dev.cadastre.proof..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "java.net.http..", "java.util.logging..")
        .because("the verifier runs offline on a stranger's machine")
        .allowEmptyShould(true)
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
}
