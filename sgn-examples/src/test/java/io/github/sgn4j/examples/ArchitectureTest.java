package io.github.sgn4j.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * The command line stands on comparisons and results, which stand on the library; only it prints.
 */
class ArchitectureTest {

  private static final String ROOT = "io.github.sgn4j.examples";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void arrowsPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
        .layer("cli")
        .definedBy(ROOT + ".cli..")
        .layer("results")
        .definedBy(ROOT + ".results..")
        .layer("compare")
        .definedBy(ROOT + ".compare..")
        .layer("model")
        .definedBy(ROOT + ".model..")
        .layer("data")
        .definedBy(ROOT + ".data..")
        .layer("shared")
        .definedBy(ROOT)
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("compare")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("results")
        .mayOnlyBeAccessedByLayers("cli", "compare")
        .whereLayer("model")
        .mayOnlyBeAccessedByLayers("cli", "results")
        .whereLayer("data")
        .mayOnlyBeAccessedByLayers("cli", "results")
        .ensureAllClassesAreContainedInArchitecture()
        .check(CLASSES);
  }

  @Test
  void noCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheCommandLinePrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".cli..")
        .should(ACCESS_STANDARD_STREAMS)
        .check(CLASSES);
  }
}
