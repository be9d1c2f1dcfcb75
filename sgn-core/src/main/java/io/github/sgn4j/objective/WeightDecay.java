package io.github.sgn4j.objective;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An objective with weight decay: half the squared norm of some parameters is added to the loss (L2
 * regularisation, ridge regression), and with it to everything derived from the loss:
 *
 * <pre>
 * value      L(theta) + lambda / 2 sum theta_i^2
 * gradient   g_i + lambda theta_i
 * products   G v + lambda v      likewise for Fisher matrices and, by differences, the Hessian
 * </pre>
 *
 * <p>The sums and products are over the chosen parameters, by default all. In an adaptive
 * first-order method the gradient's share is rescaled with the rest of it, which is not the
 * decoupled decay of AdamW (Loshchilov and Hutter 2019).
 *
 * <p>Losses are regularised wherever they show: in step reports, line searches, gain ratios and
 * comparisons of iterates. The metric is the model's own. For the loss without the penalty ask the
 * objective inside ({@link #inner}), or take {@link #penalty} off.
 *
 * <p>Factors of the curvature keep the rows that they have and get lambda as their {@link
 * CurvatureFactor#ridge}. To give groups of parameters a lambda of their own, decorate repeatedly.
 */
public final class WeightDecay extends ObjectiveDecorator {

  private final double lambda;
  private final List<Parameter> decayed;
  private final FlatVector ridge;

  /**
   * With decay of all parameters.
   *
   * @param lambda finite, at least 0; the gradient's unit over theta's
   * @throws IllegalArgumentException if lambda is out of its range
   */
  public WeightDecay(Objective objective, double lambda) {
    this(objective, lambda, parameter -> true);
  }

  /**
   * With decay of the parameters of these names or patterns; see {@link ParameterSpace#matching}.
   *
   * @throws IllegalArgumentException if lambda is out of its range, or a pattern matches nothing
   */
  public WeightDecay(Objective objective, double lambda, String... patterns) {
    this(objective, lambda, named(objective.parameters(), patterns));
  }

  /**
   * With decay of the parameters that a predicate holds for: without biases, {@code parameter ->
   * parameter.shape().length > 1} in many models.
   *
   * @throws IllegalArgumentException if lambda is out of its range, or the predicate never holds
   */
  public WeightDecay(Objective objective, double lambda, Predicate<? super Parameter> decays) {
    super(objective);
    this.lambda = objective.precision() == Precision.FLOAT ? (float) lambda : lambda;
    if (!(lambda >= 0 && this.lambda < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "lambda = " + lambda + ": weight decay must be finite and at least 0");
    }
    decayed = objective.parameters().all().stream().filter(decays).toList();
    if (decayed.isEmpty()) {
      throw new IllegalArgumentException(
          "weight decay of no parameter; there are " + objective.parameters().names());
    }
    ridge = FlatVector.zeros(objective.precision(), objective.parameters());
    decayed.forEach(parameter -> ridge.view(parameter).fill(lambda));
  }

  private static Predicate<Parameter> named(ParameterSpace parameters, String... patterns) {
    Set<String> names = new HashSet<>();
    for (String pattern : patterns) {
      parameters.matching(pattern).forEach(parameter -> names.add(parameter.name()));
    }
    return parameter -> names.contains(parameter.name());
  }

  /** lambda, rounded to the objective's precision. */
  public double lambda() {
    return lambda;
  }

  /** The parameters that decay. */
  public List<Parameter> decayed() {
    return decayed;
  }

  /** lambda / 2 sum theta_i^2, what is added to the loss. */
  public double penalty(FlatVector theta) {
    double sum = 0;
    for (Parameter parameter : decayed) {
      // A view has scratch space of its own: several threads may be here.
      FlatVector part = theta.view(parameter);
      sum += part.dot(part);
    }
    return lambda / 2 * sum;
  }

  private Evaluation penalised(Evaluation data, FlatVector theta) {
    return new Evaluation(data.loss() + penalty(theta), data.metric());
  }

  @Override
  public Evaluation evaluate(FlatVector theta, Batch batch) {
    return penalised(inner().evaluate(theta, batch), theta);
  }

  @Override
  public Linearization linearize(FlatVector theta, Batch batch) {
    Linearization data = inner().linearize(theta, batch);
    return new Penalised(data, theta.copy());
  }

  private final class Penalised implements Linearization {

    private final Linearization data;
    private final FlatVector theta;

    Penalised(Linearization data, FlatVector theta) {
      this.data = data;
      this.theta = theta;
    }

    @Override
    public Evaluation evaluation() {
      return penalised(data.evaluation(), theta);
    }

    @Override
    public void gradient(FlatVector result) {
      data.gradient(result);
      result.addProduct(ridge, theta);
    }

    @Override
    public void ggnVectorProduct(FlatVector v, FlatVector result) {
      data.ggnVectorProduct(v, result);
      result.addProduct(ridge, v);
    }

    @Override
    public Optional<CurvatureFactor> ggnFactor() {
      return data.ggnFactor().map(factor -> new RidgedFactor(factor, ridge));
    }

    @Override
    public Optional<CurvatureFactor> empiricalFisherFactor() {
      return data.empiricalFisherFactor().map(factor -> new RidgedFactor(factor, ridge));
    }

    @Override
    public Optional<CurvatureFactor> sampledFisherFactor(int draws, long seed) {
      return data.sampledFisherFactor(draws, seed).map(factor -> new RidgedFactor(factor, ridge));
    }

    @Override
    public long sampleCount() {
      return data.sampleCount();
    }

    @Override
    public void close() {
      data.close();
    }
  }
}
