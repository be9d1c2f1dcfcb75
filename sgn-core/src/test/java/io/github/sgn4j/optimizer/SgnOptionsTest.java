package io.github.sgn4j.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SgnOptionsTest {

  @Test
  void theReferencesDefaults() {
    SgnOptions options = SgnOptions.reference();

    assertThat(options.damping()).isEqualTo(1e-3);
    assertThat(options.minDamping()).isZero();
    assertThat(options.beta()).isZero();
    assertThat(options.preconditioner()).isFalse();
    assertThat(options.preconditionerExponent()).isEqualTo(1);
    assertThat(options.trustRegion()).isTrue();
    assertThat(options.dampingSchedule()).isEqualTo(DampingSchedule.CONSTANT);
    assertThat(options.scheduleSteps()).isEqualTo(10);
    assertThat(options.stepSize()).isEqualTo(1);
    assertThat(options.verbosity()).isEqualTo(1);
    assertThat(options.cgTolerance()).isEqualTo(1e-6);
    assertThat(options.cgMaxIterations()).isEqualTo(10);
    assertThat(options.cgMinIterations()).isEqualTo(10);
    assertThat(options.cgSwitchStep()).isEqualTo(10);
    assertThat(options.lineSearch()).isTrue();
    assertThat(options.armijoConstant()).isEqualTo(1e-4);
    assertThat(options.backtrackingFactor()).isEqualTo(0.5);
    assertThat(options.maxBacktracks()).isEqualTo(10);
    assertThat(options.undampedGainRatio()).isFalse();
    assertThat(options.rejectIncrease()).isFalse();
    assertThat(options.armijoFollowsStep()).isFalse();
    assertThat(options.preconditionerFollowsSchedule()).isFalse();
  }

  static Stream<Arguments> outOfRange() {
    return Stream.of(
        refused(b -> b.damping(-1), "damping = -1.0: must be finite and at least 0"),
        refused(b -> b.damping(Double.NaN), "damping = NaN: must be finite and at least 0"),
        refused(
            b -> b.damping(Double.POSITIVE_INFINITY),
            "damping = Infinity: must be finite and at least 0"),
        refused(b -> b.minDamping(-1e-9), "minDamping = -1.0E-9: must be finite and at least 0"),
        refused(b -> b.beta(1), "beta = 1.0: must be at least 0 and below 1"),
        refused(b -> b.beta(-0.1), "beta = -0.1: must be at least 0 and below 1"),
        refused(
            b -> b.preconditionerExponent(1.5),
            "preconditionerExponent = 1.5: must be between 0 and 1"),
        refused(b -> b.scheduleSteps(0), "scheduleSteps = 0: must be at least 1"),
        refused(
            b -> b.trustRegion(false).dampingSchedule(DampingSchedule.LINEAR).scheduleSteps(1),
            "scheduleSteps = 1: must be at least 2"),
        refused(b -> b.stepSize(0), "stepSize = 0.0: must be finite and above 0"),
        refused(b -> b.stepSize(Double.NaN), "stepSize = NaN: must be finite and above 0"),
        refused(b -> b.verbosity(4), "verbosity = 4: must be 0 to 3"),
        refused(b -> b.verbosity(-1), "verbosity = -1: must be 0 to 3"),
        refused(b -> b.cgTolerance(-1), "cgTolerance = -1.0: must be finite and at least 0"),
        refused(b -> b.cgMaxIterations(-1), "cgMaxIterations = -1: must be at least 0"),
        refused(
            b -> b.maxDamping(-1),
            "maxDamping = -1.0: must be finite and at least minDamping = 0.0"),
        refused(
            b -> b.maxDamping(Double.POSITIVE_INFINITY),
            "maxDamping = Infinity: must be finite and at least minDamping = 0.0"),
        refused(
            b -> b.solver(SolverKind.ROW_SPACE).trustRegion(false).damping(0),
            "damping = 0.0: must be finite and above 0"),
        refused(
            b ->
                b.solver(SolverKind.ROW_SPACE)
                    .trustRegion(false)
                    .dampingSchedule(DampingSchedule.COSINE),
            "minDamping = 0.0: must be above 0, where a schedule of ROW_SPACE's damping ends"),
        refused(
            b -> b.dampingRule(DampingRule.GRADIENT_NORM).damping(1e-4),
            "damping = 1.0E-4: must be at least 0.001 and at most maxDamping = "
                + Double.MAX_VALUE),
        refused(
            b -> b.damping(2).maxDamping(1),
            "damping = 2.0: must be at least 0.0 and at most maxDamping = 1.0"),
        refused(b -> b.curvatureSamples(-1), "curvatureSamples = -1: must be at least 0"),
        refused(b -> b.warmStart(1.1), "warmStart = 1.1: must be between 0 and 1"),
        refused(
            b -> b.cgRelativeTolerance(1),
            "cgRelativeTolerance = 1.0: must be at least 0 and below 1"),
        refused(b -> b.cgProgress(-1), "cgProgress = -1.0: must be at least 0 and below 1"),
        refused(b -> b.cgRefresh(-1), "cgRefresh = -1: must be at least 0"),
        refused(
            b -> b.preconditionerAverage(1),
            "preconditionerAverage = 1.0: must be at least 0 and below 1"),
        refused(
            b -> b.rejectionGrowth(0.5), "rejectionGrowth = 0.5: must be finite and at least 1"),
        refused(
            b -> b.marquardtScaling(true),
            "preconditionerSource = SQUARED_GRADIENT: must be a source of the curvature's"
                + " diagonal, such as HUTCHINSON, with marquardtScaling"),
        refused(b -> b.averaging(-1), "averaging = -1.0: must be finite and at least 0"),
        refused(b -> b.cgMinIterations(-1), "cgMinIterations = -1: must be at least 0"),
        refused(b -> b.cgSwitchStep(-1), "cgSwitchStep = -1: must be at least 0"),
        refused(b -> b.armijoConstant(1), "armijoConstant = 1.0: must be at least 0 and below 1"),
        refused(
            b -> b.backtrackingFactor(1), "backtrackingFactor = 1.0: must be above 0 and below 1"),
        refused(
            b -> b.backtrackingFactor(0), "backtrackingFactor = 0.0: must be above 0 and below 1"),
        refused(b -> b.maxBacktracks(-1), "maxBacktracks = -1: must be at least 0"));
  }

  private static Arguments refused(UnaryOperator<SgnOptionsBuilder> change, String message) {
    return Arguments.of(message, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("outOfRange")
  void namesOptionValueAndRange(String message, UnaryOperator<SgnOptionsBuilder> change) {
    SgnOptionsBuilder builder = change.apply(SgnOptions.builder());

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option " + message);
  }

  static Stream<UnaryOperator<SgnOptionsBuilder>> atTheEdge() {
    return Stream.of(
        b -> b.damping(0),
        b -> b.minDamping(5).damping(1),
        b -> b.beta(0.999),
        b -> b.preconditionerExponent(0).preconditionerExponent(1),
        b -> b.scheduleSteps(1).dampingSchedule(DampingSchedule.LINEAR),
        b -> b.scheduleSteps(1).dampingSchedule(DampingSchedule.COSINE).trustRegion(false),
        b -> b.cgTolerance(0),
        b -> b.cgMaxIterations(0).cgMinIterations(10).cgSwitchStep(0),
        b -> b.armijoConstant(0),
        b -> b.maxBacktracks(0),
        b -> b.verbosity(0).verbosity(3));
  }

  @ParameterizedTest
  @MethodSource("atTheEdge")
  void takesTheRangesEdges(UnaryOperator<SgnOptionsBuilder> change) {
    assertThatCode(change.apply(SgnOptions.builder())::build).doesNotThrowAnyException();
  }

  @Test
  void aBuilderChangesNoOptionsThatItMade() {
    SgnOptionsBuilder builder = SgnOptions.builder().damping(2);
    SgnOptions options = builder.build();
    builder.damping(3);
    options.toBuilder().damping(4);

    assertThat(options.damping()).isEqualTo(2);
    assertThat(options.toBuilder().beta(0.5).build().damping()).isEqualTo(2);
  }

  @Test
  void everyOptionComesThrough() {
    SgnOptions options =
        SgnOptions.builder()
            .damping(1)
            .minDamping(0.5)
            .trustRegion(false)
            .dampingSchedule(DampingSchedule.COSINE)
            .scheduleSteps(7)
            .beta(0.25)
            .preconditioner(true)
            .preconditionerExponent(0.75)
            .cgTolerance(0.125)
            .cgMaxIterations(3)
            .cgMinIterations(2)
            .cgSwitchStep(5)
            .stepSize(0.375)
            .lineSearch(false)
            .armijoConstant(0.0625)
            .backtrackingFactor(0.875)
            .maxBacktracks(4)
            .verbosity(2)
            .undampedGainRatio(true)
            .rejectIncrease(true)
            .armijoFollowsStep(true)
            .preconditionerFollowsSchedule(true)
            .build()
            .toBuilder()
            .build();

    assertThat(options.damping()).isEqualTo(1);
    assertThat(options.minDamping()).isEqualTo(0.5);
    assertThat(options.trustRegion()).isFalse();
    assertThat(options.dampingSchedule()).isEqualTo(DampingSchedule.COSINE);
    assertThat(options.scheduleSteps()).isEqualTo(7);
    assertThat(options.beta()).isEqualTo(0.25);
    assertThat(options.preconditioner()).isTrue();
    assertThat(options.preconditionerExponent()).isEqualTo(0.75);
    assertThat(options.cgTolerance()).isEqualTo(0.125);
    assertThat(options.cgMaxIterations()).isEqualTo(3);
    assertThat(options.cgMinIterations()).isEqualTo(2);
    assertThat(options.cgSwitchStep()).isEqualTo(5);
    assertThat(options.stepSize()).isEqualTo(0.375);
    assertThat(options.lineSearch()).isFalse();
    assertThat(options.armijoConstant()).isEqualTo(0.0625);
    assertThat(options.backtrackingFactor()).isEqualTo(0.875);
    assertThat(options.maxBacktracks()).isEqualTo(4);
    assertThat(options.verbosity()).isEqualTo(2);
    assertThat(options.undampedGainRatio()).isTrue();
    assertThat(options.rejectIncrease()).isTrue();
    assertThat(options.armijoFollowsStep()).isTrue();
    assertThat(options.preconditionerFollowsSchedule()).isTrue();
  }
}
