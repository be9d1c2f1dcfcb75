/**
 * Listeners that write a run down while it goes on: one JSON object a line, and TensorBoard's event
 * files.
 *
 * <p>A file that cannot be written ends the run with an {@link java.io.UncheckedIOException} that
 * names it.
 */
package io.github.sgn4j.training.listener;
