package io.github.sgn4j.examples.cli;

import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;

/**
 * The choices of {@code --solver}: ours and ND4J's updaters, but AdaBelief, whose state is broken.
 */
enum Solver {
  SGN,
  SGD,
  ADAM,
  ADADELTA,
  ADAGRAD,
  ADAMAX,
  AMSGRAD,
  NADAM,
  NESTEROVS,
  RMSPROP;

  /** Whether {@code --lr} means something to it. */
  boolean hasLearningRate() {
    return this != SGN && this != ADADELTA;
  }

  /** Whether {@code --momentum} means something to it. */
  boolean hasMomentum() {
    return this == SGD || this == NESTEROVS;
  }

  /**
   * ND4J's configuration of it.
   *
   * @throws IllegalArgumentException for SGN and SGD, which are ours
   */
  IUpdater updater(double learningRate, double momentum) {
    return switch (this) {
      case ADAM -> new Adam(learningRate);
      case ADADELTA -> new AdaDelta();
      case ADAGRAD -> new AdaGrad(learningRate);
      case ADAMAX -> new AdaMax(learningRate);
      case AMSGRAD -> new AMSGrad(learningRate);
      case NADAM -> new Nadam(learningRate);
      case NESTEROVS -> new Nesterovs(learningRate, momentum);
      case RMSPROP -> new RmsProp(learningRate);
      case SGN, SGD -> throw new IllegalArgumentException(this + " is not one of ND4J's updaters");
    };
  }
}
