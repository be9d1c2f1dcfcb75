package io.github.sgn4j.examples.cli;

import java.util.function.BiFunction;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;

/** The choices of {@code --solver}. */
enum Solver {
  SGN(false, null),
  SGD(true, null),
  ADAM(false, (rate, momentum) -> new Adam(rate)),
  ADABELIEF(false, (rate, momentum) -> new AdaBelief(rate)),
  ADADELTA(false, (rate, momentum) -> new AdaDelta()),
  ADAGRAD(false, (rate, momentum) -> new AdaGrad(rate)),
  ADAMAX(false, (rate, momentum) -> new AdaMax(rate)),
  AMSGRAD(false, (rate, momentum) -> new AMSGrad(rate)),
  NADAM(false, (rate, momentum) -> new Nadam(rate)),
  NESTEROVS(true, (rate, momentum) -> new Nesterovs(rate, momentum)),
  RMSPROP(false, (rate, momentum) -> new RmsProp(rate));

  private final boolean momentum;
  private final BiFunction<Double, Double, IUpdater> updater;

  Solver(boolean momentum, BiFunction<Double, Double, IUpdater> updater) {
    this.momentum = momentum;
    this.updater = updater;
  }

  /** Whether it is one of ND4J's updaters. */
  boolean isUpdater() {
    return updater != null;
  }

  /** Whether {@code --lr} means something to it. */
  boolean hasLearningRate() {
    return this != SGN && this != ADADELTA;
  }

  /** Whether {@code --momentum} means something to it. */
  boolean hasMomentum() {
    return momentum;
  }

  /** ND4J's configuration of it. */
  IUpdater updater(double learningRate, double momentum) {
    return updater.apply(learningRate, momentum);
  }
}
