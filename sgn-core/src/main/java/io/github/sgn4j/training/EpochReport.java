package io.github.sgn4j.training;

import io.github.sgn4j.objective.Evaluation;

/**
 * What one epoch did.
 *
 * @param epoch counted from 1
 * @param avgLoss mean of the steps' losses, each on its batch before its update
 * @param metric mean of the steps' metrics; NaN if the objective has none
 * @param evaluation of the solution at the epoch's end; NaN twice if the trainer has none
 * @param averaged whether that is the average of the iterates, not the last one
 * @param trainingSeconds since the run's start, batches and steps alone: no evaluation, no
 *     listeners
 * @param steps in this epoch
 * @param complete false if the time limit or a callback cut it short
 */
public record EpochReport(
    int epoch,
    double avgLoss,
    double metric,
    Evaluation evaluation,
    boolean averaged,
    double trainingSeconds,
    int steps,
    boolean complete) {}
