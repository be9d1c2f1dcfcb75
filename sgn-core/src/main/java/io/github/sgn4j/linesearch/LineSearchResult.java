package io.github.sgn4j.linesearch;

import io.github.sgn4j.objective.Evaluation;

/**
 * The step that a line search settled for.
 *
 * @param stepSize the step size to take
 * @param evaluation the objective there
 * @param backtracks how often the first step was shortened, which is also how many evaluations the
 *     search did
 * @param satisfied whether the search's condition holds; false if it ran out
 */
public record LineSearchResult(
    double stepSize, Evaluation evaluation, int backtracks, boolean satisfied) {}
