package io.github.sgn4j.examples.model;

import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The functions that an architecture may name, in lower case. */
public enum Activation {
  RELU,
  SIGMOID,
  TANH;

  /** The name in an architecture. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  SDVariable apply(SameDiff sd, SDVariable x) {
    return switch (this) {
      case RELU -> sd.nn().relu(x, 0);
      case SIGMOID -> sd.nn().sigmoid(x);
      case TANH -> sd.nn().tanh(x);
    };
  }
}
