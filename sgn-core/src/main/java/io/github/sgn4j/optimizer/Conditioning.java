package io.github.sgn4j.optimizer;

import io.github.sgn4j.damping.MarquardtScaling;
import io.github.sgn4j.kronecker.KroneckerPreconditioner;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.NonFiniteException.Where;
import io.github.sgn4j.solver.DiagonalPreconditioner;
import io.github.sgn4j.solver.Preconditioner;

/** What of a step's system depends on diagonals: the preconditioner and the damping's scale. */
final class Conditioning {

  private static final String PRECONDITIONER = "preconditioner average";
  private static final String SCALING = "damping scale";
  private static final double SCALING_FLOOR = 1e-6;

  private final SgnOptions options;
  private final CurvatureDiagonal curvatureDiagonal;
  private final DiagonalPreconditioner diagonal;
  private final KroneckerProbes kronecker;
  private final MarquardtScaling scaling;
  private final DampingScale scale;
  private final FlatVector scaled;
  private Preconditioner preconditioner = Preconditioner.identity();
  // Made when first needed: with Kronecker products the diagonal seldom takes a part.
  private FlatVector averageBefore;
  private long countBefore;
  private boolean averageKept;
  private FlatVector undoScaling;

  Conditioning(SgnOptions options, Precision precision, ParameterSpace parameters) {
    this.options = options;
    int dimension = parameters.dimension();
    diagonal =
        options.preconditioner()
            ? new DiagonalPreconditioner(
                precision,
                dimension,
                options.preconditionerExponent(),
                options.preconditionerAverage())
            : null;
    kronecker =
        options.preconditioner()
                && options.preconditionerSource() == PreconditionerSource.KRONECKER
                && KroneckerPreconditioner.isAvailable()
            ? new KroneckerProbes(options, precision, parameters)
            : null;
    scaling =
        options.marquardtScaling()
            ? MarquardtScaling.runningMaximum(precision, dimension, SCALING_FLOOR)
            : null;
    scale = new DampingScale(options.dampingFactors(), precision, parameters);
    boolean isScaled = scaling != null || scale.diagonal() != null;
    scaled = FlatVector.zeros(precision, isScaled ? dimension : 0);
    boolean ofGradient = options.preconditionerSource() == PreconditionerSource.SQUARED_GRADIENT;
    curvatureDiagonal =
        scaling != null || (diagonal != null && !ofGradient)
            ? new CurvatureDiagonal(options.preconditionerSource(), precision, dimension)
            : null;
  }

  /**
   * Sets both for a step.
   *
   * @param m the (averaged) gradient
   * @param damping of the preconditioner
   */
  void update(
      Linearization linearization, FlatVector m, double damping, StepReport.Builder report) {
    boolean isKronecker = kronecker != null && kronecker.probe(linearization, report);
    boolean takesDiagonal = scaling != null || (diagonal != null && !isKronecker);
    FlatVector values = takesDiagonal ? diagonal(linearization, m, report) : null;
    keepForUndo(!isKronecker);
    if (scaling != null && values != null) {
      scaling.update(values);
      scale.set(scaling.scaling());
    }
    preconditioner = Preconditioner.identity();
    if (isKronecker) {
      preconditioner = kronecker.update(damping, scaling());
    } else if (diagonal != null && values == m) {
      diagonal.update(m, damping, scaling());
      preconditioner = diagonal;
    } else if (diagonal != null && values != null) {
      diagonal.updateDiagonal(values, damping, scaling());
      preconditioner = diagonal;
    }
  }

  private FlatVector diagonal(
      Linearization linearization, FlatVector m, StepReport.Builder report) {
    FlatVector values =
        curvatureDiagonal == null ? m : curvatureDiagonal.at(linearization, report.step);
    report.require(values == null || values.isFinite(), Where.PRODUCT);
    return values;
  }

  private void keepForUndo(boolean usesDiagonal) {
    if (usesDiagonal && diagonal != null && options.preconditionerAverage() > 0) {
      if (averageBefore == null) {
        averageBefore = diagonal.memory().like();
      }
      averageBefore.assign(diagonal.memory());
      countBefore = diagonal.count();
      averageKept = true;
    }
    if (scaling != null) {
      undoScaling = scaling.memory();
    }
  }

  /** Takes the last update back. */
  void undo() {
    if (averageKept) {
      diagonal.restore(averageBefore, countBefore);
    }
    if (undoScaling != null) {
      scaling.restore(undoScaling);
    }
    if (kronecker != null) {
      kronecker.undo();
    }
    forget();
  }

  /** The last update stands. */
  void commit() {
    if (kronecker != null) {
      kronecker.commit();
    }
    forget();
  }

  private void forget() {
    averageKept = false;
    undoScaling = null;
  }

  Preconditioner preconditioner() {
    return preconditioner;
  }

  /** D of the damping rho D, or null for I. */
  FlatVector scaling() {
    return scale.diagonal();
  }

  /** u.D v. */
  double scaledDot(FlatVector u, FlatVector v) {
    if (scaling() == null) {
      return u.dot(v);
    }
    scaled.assign(v);
    scaled.multiply(scaling());
    return u.dot(scaled);
  }

  void save(OptimizerState.Builder state) {
    if (diagonal != null && options.preconditionerAverage() > 0) {
      state.vector(PRECONDITIONER, diagonal.memory()).count(PRECONDITIONER, diagonal.count());
    }
    if (scaling != null) {
      state.vector(SCALING, scaling.memory());
    }
    if (kronecker != null) {
      kronecker.save(state);
    }
  }

  void check(String optimizer, OptimizerState state) {
    if (diagonal != null && options.preconditionerAverage() > 0) {
      state.check(optimizer, PRECONDITIONER, diagonal.memory());
    }
    if (scaling != null) {
      state.check(optimizer, SCALING, scaling.memory());
    }
    if (kronecker != null) {
      kronecker.check(state);
    }
  }

  void restore(OptimizerState state) {
    // A state without them is from before the first step.
    if (diagonal != null && options.preconditionerAverage() > 0) {
      FlatVector average = state.vectorView(PRECONDITIONER);
      diagonal.restore(
          average == null ? diagonal.memory().like() : average, state.count(PRECONDITIONER));
    }
    if (scaling != null) {
      FlatVector scale = state.vectorView(SCALING);
      scaling.restore(scale == null ? scaling.memory().like() : scale);
    }
    if (kronecker != null) {
      kronecker.restore(state);
    }
  }
}
