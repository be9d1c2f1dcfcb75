package io.github.sgn4j.samediff;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/** Recurrent cells and attention, composed of basic ops. */
final class RecurrentCases {

  private static final int STEPS = 3;
  private static final int WIDTH = 2;

  private RecurrentCases() {}

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    cases.add(RuleCase.of("LSTM over 3 steps", RecurrentCases::lstm));
    cases.add(RuleCase.of("GRU over 3 steps", RecurrentCases::gru));
    cases.add(RuleCase.of("dot-product attention", net -> attention(net, 1)));
    cases.add(RuleCase.of("dot-product attention, two heads", net -> attention(net, 2)));
    return cases;
  }

  private static SDVariable lstm(Net net) {
    SDVariable[] steps = net.sd.unstack(net.active(STEPS, 3), 1, STEPS);
    SDVariable wx = net.parameter(3, 4 * WIDTH);
    SDVariable wh = net.parameter(WIDTH, 4 * WIDTH);
    SDVariable b = net.parameter(4 * WIDTH);
    SDVariable h = null;
    SDVariable c = null;
    SDVariable[] outputs = new SDVariable[STEPS];
    for (int t = 0; t < STEPS; t++) {
      SDVariable gates = steps[t].mmul(wx).add(b);
      if (h != null) {
        gates = gates.add(h.mmul(wh));
      }
      SDVariable[] parts = net.sd.split(gates, 4, 1);
      SDVariable in = net.sd.nn.sigmoid(parts[0]).mul(net.sd.nn.tanh(parts[1]));
      c = c == null ? in : in.add(net.sd.nn.sigmoid(parts[2]).mul(c));
      h = net.sd.nn.sigmoid(parts[3]).mul(net.sd.nn.tanh(c));
      outputs[t] = h;
    }
    return net.sd.stack(1, outputs);
  }

  private static SDVariable gru(Net net) {
    SDVariable[] steps = net.sd.unstack(net.active(STEPS, 3), 1, STEPS);
    SDVariable wx = net.parameter(3, 2 * WIDTH);
    SDVariable wh = net.parameter(WIDTH, 2 * WIDTH);
    SDVariable b = net.parameter(2 * WIDTH);
    SDVariable vx = net.parameter(3, WIDTH);
    SDVariable vh = net.parameter(WIDTH, WIDTH);
    SDVariable h = steps[0].mmul(net.parameter(3, WIDTH));
    for (int t = 0; t < STEPS; t++) {
      SDVariable gates = net.sd.nn.sigmoid(steps[t].mmul(wx).add(h.mmul(wh)).add(b));
      SDVariable[] parts = net.sd.split(gates, 2, 1);
      SDVariable candidate = net.sd.nn.tanh(steps[t].mmul(vx).add(parts[0].mul(h).mmul(vh)));
      h = parts[1].mul(h).add(parts[1].rsub(1).mul(candidate));
    }
    return h;
  }

  private static SDVariable attention(Net net, int heads) {
    // Small numbers: the softmax of large ones is too steep for finite differences.
    SDVariable x = net.active(STEPS, 4).mul(0.2);
    SDVariable q = heads(net, x, heads);
    SDVariable k = heads(net, x, heads);
    SDVariable v = heads(net, x, heads);
    SDVariable scores = net.sd.mmul(q, k, false, true, false).mul(1 / Math.sqrt(4.0 / heads));
    SDVariable mixed = net.sd.mmul(net.sd.nn.softmax(scores, -1), v, false, false, false);
    return mixed.permute(0, 2, 1, 3).reshape(-1, STEPS, 4);
  }

  /** [N, heads, steps, 4 / heads]. */
  private static SDVariable heads(Net net, SDVariable x, int heads) {
    SDVariable projected = x.reshape(-1, 4).mmul(net.parameter(4, 4)).add(net.parameter(4));
    return projected.reshape(-1, STEPS, heads, 4 / heads).permute(0, 2, 1, 3);
  }
}
