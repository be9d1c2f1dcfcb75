package io.github.sgn4j.testkit;

import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * L(theta) = 1/2 theta.A theta, the same for every batch, whose numbers can be replaced one by one:
 * for steps whose arithmetic is done by hand, and for what happens when a number is not finite.
 */
public final class Quadratic implements Objective {

  /** A batch without content. */
  public static final Batch BATCH = new Content();

  private final DenseMatrix matrix;
  private final Precision precision;
  private final double[] start;
  private final ParameterSpace parameters;
  private final Deque<Double> trialLosses = new ArrayDeque<>();
  private final List<String> calls = new ArrayList<>();
  private Double loss;
  private double gradientFactor = 1;
  private double productFactor = 1;
  private FlatVector published;

  /** The objective of that matrix and start. */
  public Quadratic(Precision precision, DenseMatrix matrix, double... start) {
    this.matrix = matrix;
    this.precision = precision;
    this.start = start.clone();
    parameters = ParameterSpace.of(Map.of("theta", new long[] {start.length}));
  }

  /** Replaces the loss of linearizations; null takes that back. */
  public void replaceLoss(Double value) {
    loss = value;
  }

  /** Queues replacements for the losses of evaluations. */
  public void replaceTrialLosses(double... values) {
    for (double value : values) {
      trialLosses.add(value);
    }
  }

  /** Multiplies gradients. */
  public void scaleGradient(double factor) {
    gradientFactor = factor;
  }

  /** Multiplies products. */
  public void scaleProducts(double factor) {
    productFactor = factor;
  }

  /** What was called, in order. */
  public List<String> calls() {
    return calls;
  }

  /** What was last published, or null. */
  public FlatVector published() {
    return published;
  }

  @Override
  public ParameterSpace parameters() {
    return parameters;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public FlatVector initialParameters() {
    return FlatVector.of(precision, start);
  }

  @Override
  public Evaluation evaluate(FlatVector theta, Batch batch) {
    calls.add("evaluate");
    double value = trialLosses.isEmpty() ? trueLoss(theta) : trialLosses.remove();
    return new Evaluation(value, 10 + value);
  }

  private double trueLoss(FlatVector theta) {
    FlatVector product = theta.like();
    matrix.apply(theta, product);
    return 0.5 * theta.dot(product);
  }

  @Override
  public Linearization linearize(FlatVector theta, Batch batch) {
    calls.add("linearize");
    FlatVector at = theta.copy();
    double value = loss == null ? trueLoss(at) : loss;
    return new Linearization() {
      @Override
      public Evaluation evaluation() {
        return new Evaluation(value, 10 + value);
      }

      @Override
      public void gradient(FlatVector result) {
        calls.add("gradient");
        matrix.apply(at, result);
        result.scale(gradientFactor);
      }

      @Override
      public void ggnVectorProduct(FlatVector v, FlatVector result) {
        calls.add("product");
        matrix.apply(v, result);
        result.scale(productFactor);
      }

      @Override
      public long sampleCount() {
        return 1;
      }

      @Override
      public void close() {
        calls.add("close");
      }
    };
  }

  @Override
  public void publish(FlatVector theta) {
    calls.add("publish");
    published = theta.copy();
  }

  private record Content() implements Batch {

    @Override
    public int size() {
      return 1;
    }

    @Override
    public Batch samples(int from, int to) {
      return this;
    }
  }
}
