package io.github.sgn4j.examples.cli;

import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.optimizer.Optimizer;
import io.github.sgn4j.optimizer.SgdOptimizer;
import io.github.sgn4j.optimizer.SgdOptions;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.optimizer.UpdaterOptimizer;
import org.nd4j.linalg.learning.config.IUpdater;

/** Makes an optimizer once there is an objective; its options are checked before. */
interface OptimizerFactory {

  /** A new optimizer at the objective's initial parameters. */
  Optimizer create(Objective objective);

  static OptimizerFactory sgn(SgnOptions options) {
    return objective -> new SgnOptimizer(objective, options);
  }

  static OptimizerFactory sgd(SgdOptions options) {
    return objective -> new SgdOptimizer(objective, options);
  }

  static OptimizerFactory updater(IUpdater updater) {
    return objective -> new UpdaterOptimizer(objective, updater);
  }
}
