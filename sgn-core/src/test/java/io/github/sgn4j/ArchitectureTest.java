package io.github.sgn4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the packages point one way, and few packages know SameDiff. */
class ArchitectureTest {
  private static final String ROOT = "io.github.sgn4j";

  /** Each package with all it may use; a new package is put here first. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("objective", Set.of()),
          Map.entry("nd", Set.of("objective")),
          Map.entry("metric", Set.of("nd")),
          Map.entry("loss", Set.of("nd", "objective")),
          Map.entry("autodiff", Set.of()),
          Map.entry("plan", Set.of("autodiff", "nd", "objective")),
          Map.entry("samediff", Set.of("plan", "autodiff", "loss", "metric", "nd", "objective")),
          Map.entry("curvature", Set.of("objective")),
          Map.entry("solver", Set.of("curvature", "objective")),
          Map.entry("kronecker", Set.of("solver", "nd", "objective")),
          Map.entry("damping", Set.of("objective")),
          Map.entry("linesearch", Set.of("objective")),
          Map.entry(
              "optimizer",
              Set.of("kronecker", "solver", "damping", "linesearch", "curvature", "objective")),
          Map.entry(
              "training",
              Set.of("optimizer", "solver", "damping", "linesearch", "curvature", "objective")),
          Map.entry("checkpoint", Set.of("training", "optimizer", "objective")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  static Stream<String> packages() {
    return CLASSES.getPackage(ROOT).getSubpackages().stream().map(JavaPackage::getRelativeName);
  }

  @Test
  void everyPackageHasItsPlace() {
    assertThat(packages()).containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void usesOnlyWhatLiesBelow(String name) {
    Set<String> above = new TreeSet<>(MAY_USE.keySet());
    above.removeAll(MAY_USE.get(name));
    above.remove(name);

    noClasses()
        .that()
        .resideInAPackage(in(name))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(above.stream().map(ArchitectureTest::in).toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void noCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheEngineKnowsSameDiff() {
    classes()
        .that()
        .resideOutsideOfPackages(in("samediff"), in("autodiff"), in("plan"))
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackage("org.nd4j.autodiff..")
        .check(CLASSES);
  }

  @Test
  void theSeamAndTheSolversKnowNoNd4j() {
    classes()
        .that()
        .resideInAnyPackage(
            in("objective"), in("curvature"), in("solver"), in("damping"), in("linesearch"))
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("org.nd4j..", "org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void aLibraryDoesNotPrint() {
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
  }

  private static String in(String name) {
    return ROOT + "." + name + "..";
  }
}
