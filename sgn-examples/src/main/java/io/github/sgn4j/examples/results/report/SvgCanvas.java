package io.github.sgn4j.examples.results.report;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** SVG whose text is text. */
final class SvgCanvas implements FigureCanvas {

  private final StringBuilder svg = new StringBuilder();
  private int clips;

  /** A white picture with a title for those who do not see it. */
  SvgCanvas(int width, int height, String title) {
    svg.append(
            String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\""
                    + " viewBox=\"0 0 %1$d %2$d\" role=\"img\" font-family=\"Helvetica, Arial,"
                    + " 'DejaVu Sans', sans-serif\" fill=\"#1a1d21\">%n",
                width,
                height))
        .append("<title>")
        .append(Html.text(title))
        .append("</title>\n");
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
  }

  @Override
  public void beginClip(double x, double y, double width, double height) {
    clips++;
    svg.append("<clipPath id=\"clip" + clips + "\"><rect x=\"")
        .append(number(x) + "\" y=\"" + number(y))
        .append("\" width=\"" + number(width) + "\" height=\"" + number(height))
        .append("\"/></clipPath>\n<g clip-path=\"url(#clip" + clips + ")\">\n");
  }

  @Override
  public void endClip() {
    svg.append("</g>\n");
  }

  @Override
  public void line(double[] x, double[] y, Stroke stroke) {
    svg.append("<polyline fill=\"none\" stroke=\"" + stroke.colour())
        .append("\" stroke-width=\"" + number(stroke.width()))
        .append(stroke.dashed() ? "\" stroke-dasharray=\"9 5" : "")
        .append("\" stroke-linejoin=\"round\" points=\"" + points(x, y) + "\"/>\n");
  }

  @Override
  public void area(double[] x, double[] y, String colour, double opacity) {
    svg.append("<polygon fill=\"" + colour)
        .append(opacity < 1 ? "\" fill-opacity=\"" + number(opacity) : "")
        .append("\" points=\"" + points(x, y) + "\"/>\n");
  }

  @Override
  public void text(double x, double y, String text, Anchor anchor, int size, boolean bold) {
    svg.append("<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" font-size=\"" + size)
        .append("\" text-anchor=\"" + anchor.name().toLowerCase(Locale.ROOT))
        .append(bold ? "\" font-weight=\"bold" : "")
        .append("\">" + Html.text(text) + "</text>\n");
  }

  @Override
  public void textUpwards(double x, double y, String text, int size) {
    svg.append("<text font-size=\"" + size + "\" text-anchor=\"middle\" transform=\"translate(")
        .append(number(x) + " " + number(y) + ") rotate(-90)\">" + Html.text(text) + "</text>\n");
  }

  @Override
  public byte[] toBytes() {
    return (svg + "</svg>\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String points(double[] x, double[] y) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < x.length; i++) {
      points.append(i == 0 ? "" : " ").append(number(x[i])).append(',').append(number(y[i]));
    }
    return points.toString();
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceAll("\\.?0+$", "");
  }
}
