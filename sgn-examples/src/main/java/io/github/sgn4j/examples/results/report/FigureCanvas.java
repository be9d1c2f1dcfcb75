package io.github.sgn4j.examples.results.report;

import java.io.IOException;

/** What a figure is drawn on; coordinates in pixels from the upper left, colours as #rrggbb. */
interface FigureCanvas {

  /** Where a text stands relative to its point. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /**
   * How a line is drawn.
   *
   * @param colour as #rrggbb
   * @param width in pixels
   * @param dashed 9 on, 5 off
   */
  record Stroke(String colour, double width, boolean dashed) {}

  /** Restricts what follows to a rectangle, until {@link #endClip}. */
  void beginClip(double x, double y, double width, double height);

  /** Ends the restriction. */
  void endClip();

  /** A line through points. */
  void line(double[] x, double[] y, Stroke stroke);

  /**
   * A filled polygon.
   *
   * @param opacity in (0, 1]
   */
  void area(double[] x, double[] y, String colour, double opacity);

  /** A text on one line, its baseline at y. */
  void text(double x, double y, String text, Anchor anchor, int size, boolean bold);

  /** A text around a point, turned to run upwards. */
  void textUpwards(double x, double y, String text, int size);

  /**
   * The file.
   *
   * @throws IOException if it cannot be encoded
   */
  byte[] toBytes() throws IOException;
}
