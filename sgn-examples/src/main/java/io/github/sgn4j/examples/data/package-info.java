/**
 * Data sets: those of the published runs, read, checked and scaled as those runs did, and tables of
 * a user's own.
 *
 * <p>Whatever is wrong with a file ends as a {@link io.github.sgn4j.examples.data.DataException}
 * that names the file and says what to do.
 */
package io.github.sgn4j.examples.data;
