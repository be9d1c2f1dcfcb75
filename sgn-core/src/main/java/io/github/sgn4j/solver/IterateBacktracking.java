package io.github.sgn4j.solver;

import io.github.sgn4j.objective.FlatVector;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * CG-backtracking (Martens 2010, section 4.6): of the directions that an iterative solve went
 * through, the one to take. The model is lowest at the last one, the loss often is at an earlier
 * one. Walks back from the last for as long as the loss falls.
 *
 * <p>A loss that is not finite counts as higher than every other: the walk goes on through such
 * directions.
 */
public final class IterateBacktracking {

  /**
   * The direction to take.
   *
   * @param direction the final one or one of the iterates; not a copy
   * @param loss its loss; not finite if none is
   * @param evaluations of the loss done by the search
   */
  public record Choice(FlatVector direction, double loss, int evaluations) {}

  private IterateBacktracking() {}

  /**
   * Searches.
   *
   * @param loss of a direction, which it must leave alone
   * @param direction the solve's final direction
   * @param directionLoss its loss
   * @param iterates earlier directions, earliest first, see {@link LinearSolver#iterates}
   */
  public static Choice search(
      ToDoubleFunction<FlatVector> loss,
      FlatVector direction,
      double directionLoss,
      List<FlatVector> iterates) {
    FlatVector best = direction;
    double lowest = directionLoss;
    int evaluations = 0;
    for (int i = iterates.size() - 1; i >= 0; i--) {
      double value = loss.applyAsDouble(iterates.get(i));
      evaluations++;
      if (Double.isFinite(lowest) && !(value < lowest)) {
        break;
      }
      if (Double.isFinite(value)) {
        best = iterates.get(i);
        lowest = value;
      }
    }
    return new Choice(best, lowest, evaluations);
  }
}
