/**
 * Data sets from the places that publish them: a catalogue of what there is, checks of what lies on
 * this disk, downloads that can be taken up again.
 *
 * <p>Whatever goes wrong for good ends as a {@link io.github.sgn4j.examples.data.DataException}
 * that says what to do.
 */
package io.github.sgn4j.examples.data.download;
