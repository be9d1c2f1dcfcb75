package io.github.sgn4j.samediff;

import io.github.sgn4j.loss.Loss;

/**
 * Where a model's loss takes its arguments.
 *
 * @param output the variable that the loss is a function of
 * @param target the variable or placeholder of the targets
 * @param loss the loss
 */
record LossBinding(String output, String target, Loss loss) {}
