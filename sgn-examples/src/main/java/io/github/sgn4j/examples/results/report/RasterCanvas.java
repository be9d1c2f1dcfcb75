package io.github.sgn4j.examples.results.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** A PNG image, twice as fine as its size says. */
final class RasterCanvas implements FigureCanvas {

  private static final double SCALE = 2;
  private static final float[] DASHES = {9, 5};

  private final BufferedImage image;
  private final Graphics2D graphics;

  /** A white image. */
  RasterCanvas(int width, int height) {
    image =
        new BufferedImage(
            (int) (SCALE * width), (int) (SCALE * height), BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(SCALE, SCALE);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
  }

  @Override
  public void beginClip(double x, double y, double width, double height) {
    graphics.setClip(new Rectangle2D.Double(x, y, width, height));
  }

  @Override
  public void endClip() {
    graphics.setClip(null);
  }

  @Override
  public void line(double[] x, double[] y, Stroke stroke) {
    graphics.setColor(Color.decode(stroke.colour()));
    graphics.setStroke(
        new BasicStroke(
            (float) stroke.width(),
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND,
            1,
            stroke.dashed() ? DASHES : null,
            0));
    graphics.draw(path(x, y));
  }

  @Override
  public void area(double[] x, double[] y, String colour, double opacity) {
    Color opaque = Color.decode(colour);
    graphics.setColor(
        new Color(
            opaque.getRed(), opaque.getGreen(), opaque.getBlue(), (int) Math.round(255 * opacity)));
    Path2D path = path(x, y);
    path.closePath();
    graphics.fill(path);
  }

  private static Path2D path(double[] x, double[] y) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < x.length; i++) {
      if (i == 0) {
        path.moveTo(x[i], y[i]);
      } else {
        path.lineTo(x[i], y[i]);
      }
    }
    return path;
  }

  @Override
  public void text(double x, double y, String text, Anchor anchor, int size, boolean bold) {
    Shape outline = outline(text, size, bold);
    double width = outline.getBounds2D().getWidth();
    double shift =
        switch (anchor) {
          case START -> 0;
          case MIDDLE -> width / 2;
          case END -> width;
        };
    graphics.translate(x - shift, y);
    graphics.fill(outline);
    graphics.translate(shift - x, -y);
  }

  @Override
  public void textUpwards(double x, double y, String text, int size) {
    Shape outline = outline(text, size, false);
    graphics.translate(x, y);
    graphics.rotate(-Math.PI / 2);
    graphics.translate(-outline.getBounds2D().getWidth() / 2, 0);
    graphics.fill(outline);
    graphics.translate(outline.getBounds2D().getWidth() / 2, 0);
    graphics.rotate(Math.PI / 2);
    graphics.translate(-x, -y);
  }

  private Shape outline(String text, int size, boolean bold) {
    graphics.setColor(Color.decode("#1a1d21"));
    Font font = new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, size);
    return font.createGlyphVector(graphics.getFontRenderContext(), text).getOutline();
  }

  @Override
  public byte[] toBytes() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    graphics.dispose();
    return png.toByteArray();
  }
}
