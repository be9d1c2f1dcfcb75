/**
 * Replays step traces that the reference implementation computed, and tells where this library
 * departs from them.
 *
 * <p>A file is judged twice. The library's numbers are compared with the recorded ones, as tightly
 * as rounding in an ill-conditioned solve allows; and the recorded numbers are compared with each
 * other through the formulas that connect them, always tightly, so that no number in a file goes
 * unchecked because the solve is sensitive.
 */
package io.github.sgn4j.golden;
