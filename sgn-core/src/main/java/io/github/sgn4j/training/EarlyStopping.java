package io.github.sgn4j.training;

import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.training.TrainingResult.EndReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Ends a run once its evaluation has not become better for so many epochs (Prechelt 1998, the
 * criterion UP with a patience). An epoch is better if its number is by more than the minimal
 * improvement below (above) that of the best epoch so far; a number that is NaN is no improvement.
 *
 * <p>With {@link Builder#restoreBest} the run hands out the solution of the best epoch, however it
 * ends: the model holds it then, and {@link TrainingResult#keptEpoch} says which epoch's it is.
 *
 * <p>One object watches one run at a time. In a checkpoint it carries the best number and its
 * epoch, and goes on only with the goal and {@link Builder#restoreBest} that they are of.
 */
public final class EarlyStopping implements TrainingCallback, Resumable {

  /** What is to become better. */
  public enum Goal {
    /** The evaluation's loss, downwards. */
    LOWER_LOSS,
    /** The evaluation's metric, upwards: accuracy, say. */
    HIGHER_METRIC,
    /** The evaluation's metric, downwards: an error. */
    LOWER_METRIC
  }

  /** Of what is saved, without the goal's name at its end. */
  private static final int LEAST_BYTES = Double.BYTES + 2 * Integer.BYTES + 1;

  private final Goal goal;
  private final int patience;
  private final double minImprovement;
  private final boolean restoreBest;
  private double best = Double.NaN;
  private int bestEpoch;
  private int lastEpoch;

  private EarlyStopping(Builder builder) {
    goal = builder.goal;
    patience = builder.patience;
    minImprovement = builder.minImprovement;
    restoreBest = builder.restoreBest;
  }

  /**
   * A builder.
   *
   * @param patience epochs in a row without improvement that end the run, at least 1
   */
  public static Builder builder(int patience) {
    return new Builder(patience);
  }

  /** The best number so far; NaN before the first epoch. */
  public double best() {
    return best;
  }

  /** Its epoch, counted from 1; 0 before the first. */
  public int bestEpoch() {
    return bestEpoch;
  }

  @Override
  public void beforeTraining(TrainingControl control) {
    if (!control.isResumed(this)) {
      best = Double.NaN;
      bestEpoch = 0;
      lastEpoch = 0;
    }
    stopIfOut(control);
  }

  /**
   * Judges the epoch.
   *
   * @throws IllegalStateException if the first epoch's number is NaN: the trainer has no
   *     evaluation, or the evaluation no such number
   */
  @Override
  public void afterEpoch(EpochReport report, TrainingControl control) {
    double value = value(report.evaluation());
    if (bestEpoch == 0 && Double.isNaN(value)) {
      throw new IllegalStateException(
          String.format(
              "early stopping: the %s after epoch %d is NaN; give the trainer an evaluation that"
                  + " has one",
              name(), report.epoch()));
    }
    lastEpoch = report.epoch();
    if (bestEpoch == 0 || gain(value) > minImprovement) {
      best = value;
      bestEpoch = lastEpoch;
      if (restoreBest) {
        control.keepSolution();
      }
    }
    stopIfOut(control);
  }

  private void stopIfOut(TrainingControl control) {
    if (lastEpoch - bestEpoch >= patience) {
      control.stop(
          EndReason.EARLY_STOPPING,
          String.format(
              Locale.ROOT,
              "the %s has not become better for %d epochs: it was %.6g after epoch %d",
              name(),
              lastEpoch - bestEpoch,
              best,
              bestEpoch));
    }
  }

  /** By how much a number is better than the best; NaN, for which no comparison holds, if it is. */
  private double gain(double value) {
    return goal == Goal.HIGHER_METRIC ? value - best : best - value;
  }

  private double value(Evaluation evaluation) {
    return goal == Goal.LOWER_LOSS ? evaluation.loss() : evaluation.metric();
  }

  private String name() {
    return goal == Goal.LOWER_LOSS ? "loss" : "metric";
  }

  @Override
  public String checkpointName() {
    return "early stopping";
  }

  @Override
  public byte[] save() {
    byte[] name = goal.name().getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(LEAST_BYTES + name.length)
        .putDouble(best)
        .putInt(bestEpoch)
        .putInt(lastEpoch)
        .put((byte) (restoreBest ? 1 : 0))
        .put(name)
        .array();
  }

  @Override
  public void restore(byte[] saved) {
    if (saved.length < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "early stopping carries more than " + LEAST_BYTES + " bytes, not " + saved.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(saved);
    double savedBest = buffer.getDouble();
    int savedBestEpoch = buffer.getInt();
    int savedLastEpoch = buffer.getInt();
    if (savedBestEpoch < 0 || savedLastEpoch < savedBestEpoch) {
      throw new IllegalArgumentException(
          "early stopping: epoch " + savedBestEpoch + " of " + savedLastEpoch + " was the best?");
    }
    boolean savedRestoreBest = buffer.get() != 0;
    requireSameOptions(StandardCharsets.US_ASCII.decode(buffer).toString(), savedRestoreBest);
    best = savedBest;
    bestEpoch = savedBestEpoch;
    lastEpoch = savedLastEpoch;
  }

  private void requireSameOptions(String savedGoal, boolean savedRestoreBest) {
    List<String> differences = new ArrayList<>();
    if (!savedGoal.equals(goal.name())) {
      differences.add("goal " + savedGoal + " there, " + goal + " here");
    }
    if (savedRestoreBest != restoreBest) {
      differences.add("restoreBest " + savedRestoreBest + " there, " + restoreBest + " here");
    }
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          "the checkpoint is of another early stopping: " + String.join("; ", differences));
    }
  }

  /** The options. */
  public static final class Builder {

    private final int patience;
    private Goal goal = Goal.LOWER_LOSS;
    private double minImprovement;
    private boolean restoreBest;

    private Builder(int patience) {
      if (patience < 1) {
        throw new IllegalArgumentException(
            "option patience = " + patience + ": must be at least 1");
      }
      this.patience = patience;
    }

    /** What is to become better. Default: the loss. */
    public Builder goal(Goal value) {
      goal = Objects.requireNonNull(value, "goal");
      return this;
    }

    /** Changes up to this, in the number's unit, do not count; 0 or more. Default 0. */
    public Builder minImprovement(double value) {
      if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "option minImprovement = " + value + ": must be finite and at least 0");
      }
      minImprovement = value;
      return this;
    }

    /** Whether the run hands out the best epoch's solution; costs one copy of it. Default no. */
    public Builder restoreBest(boolean value) {
      restoreBest = value;
      return this;
    }

    /** The callback. */
    public EarlyStopping build() {
      return new EarlyStopping(this);
    }
  }
}
