package io.github.sgn4j.optimizer;

import io.github.sgn4j.curvature.HutchinsonDiagonal;
import io.github.sgn4j.kronecker.KroneckerLimits;
import io.github.sgn4j.kronecker.KroneckerPreconditioner;
import io.github.sgn4j.kronecker.KroneckerPreconditioner.Memory;
import io.github.sgn4j.objective.CurvatureFactor;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.NonFiniteException.Where;
import io.github.sgn4j.solver.Preconditioner;
import java.util.Optional;

/** A Kronecker preconditioner and the probes of the Gauss-Newton matrix that it is made of. */
final class KroneckerProbes {

  private static final String AVERAGES = "kronecker averages";
  private static final String INVERSES = "kronecker inverses";

  private final KroneckerPreconditioner preconditioner;
  private final HutchinsonDiagonal probes;
  private final FlatVector probe;
  private FlatVector ridge;

  KroneckerProbes(SgnOptions options, Precision precision, ParameterSpace parameters) {
    int dimension = parameters.dimension();
    preconditioner =
        new KroneckerPreconditioner(
            precision,
            parameters,
            options.preconditionerAverage(),
            options.preconditionerInterval(),
            options.takesFewIterations()
                ? KroneckerLimits.ofFewIterations(parameters)
                : KroneckerLimits.of(parameters));
    probes =
        new HutchinsonDiagonal(
            precision, dimension, CurvatureDiagonal.PROBES, CurvatureDiagonal.SEED);
    probe = FlatVector.zeros(precision, dimension);
  }

  /** Draws a probe there, if it is time to; false if this model has none. */
  boolean probe(Linearization linearization, StepReport.Builder report) {
    Optional<CurvatureFactor> factor = linearization.ggnFactor();
    if (factor.isEmpty()) {
      return false;
    }
    ridge = factor.get().ridge();
    if (preconditioner.takesProbe()) {
      probes.probe(factor.get(), report.step, probe);
      report.require(probe.isFinite(), Where.PRODUCT);
    }
    return true;
  }

  /** Takes that probe, if there is one, in. */
  Preconditioner update(double damping, FlatVector scaling) {
    preconditioner.update(probe, damping, scaling, ridge);
    return preconditioner;
  }

  void commit() {
    preconditioner.commit();
  }

  void undo() {
    preconditioner.undo();
  }

  void save(OptimizerState.Builder state) {
    Memory memory = preconditioner.memory();
    // Nothing before the first update, and nothing ever where there are no probes.
    if (memory.count() > 0) {
      state
          .vector(AVERAGES, memory.averages())
          .vector(INVERSES, memory.inverses())
          .count(AVERAGES, memory.count());
    }
  }

  void check(OptimizerState state) {
    preconditioner.check(memory(state));
  }

  void restore(OptimizerState state) {
    preconditioner.restore(memory(state));
  }

  private Memory memory(OptimizerState state) {
    return new Memory(vector(state, AVERAGES), vector(state, INVERSES), state.count(AVERAGES));
  }

  private FlatVector vector(OptimizerState state, String name) {
    FlatVector vector = state.vectorView(name);
    return vector == null ? FlatVector.zeros(probe.precision(), 0) : vector;
  }
}
