namespace NetGen.Tests;

/// <summary>
/// The optimizers once more, in double and from their definitions: moving averages are written out as weighted sums over the whole history of one
/// element instead of recursions.
/// </summary>
internal static class OptimizerReference
{
    /// <summary>The weight after all gradients of the history, from its first value.</summary>
    internal delegate double Rule(double weight, double[] gradients, Func<long, double> learningRate);

    internal static Rule SGD(double momentum = 0, bool nesterov = false, double decay = 0) => (w, g, rate) =>
    {
        for (int t = 0; t < g.Length; t++)
        {
            double Velocity(int last) => -Enumerable.Range(0, last + 1).Sum(i => Math.Pow(momentum, last - i) * rate(i) * g[i]);
            w -= w * decay * rate(t);
            w += nesterov ? (momentum * Velocity(t)) - (rate(t) * g[t]) : Velocity(t);
        }
        return w;
    };

    internal static Rule Adam(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, bool amsGrad = false, double decay = 0) => (w, g, rate) =>
    {
        double largest = 0;
        for (int t = 1; t <= g.Length; t++)
        {
            double mean = Average(g.Take(t), beta1), square = Average(g.Take(t).Select(x => x * x), beta2);
            largest = Math.Max(largest, square);
            w -= w * decay * rate(t - 1);
            // The paper's Algorithm 1 with its epsilon = epsilon hat / sqrt(1 - beta2^t).
            double correction = 1 - Math.Pow(beta2, t);
            double corrected = (amsGrad ? largest : square) / correction;
            w -= rate(t - 1) * (mean / (1 - Math.Pow(beta1, t))) / (Math.Sqrt(corrected) + (epsilon / Math.Sqrt(correction)));
        }
        return w;
    };

    internal static Rule RMSprop(double rho = 0.9, double momentum = 0, double epsilon = 1e-7, bool centered = false, double decay = 0) => (w, g, rate) =>
    {
        double[] increments = new double[g.Length];
        for (int t = 0; t < g.Length; t++)
        {
            double mean = Average(g.Take(t + 1), rho), square = Average(g.Take(t + 1).Select(x => x * x), rho);
            increments[t] = rate(t) * g[t] / Math.Sqrt((centered ? square - (mean * mean) : square) + epsilon);
            w -= w * decay * rate(t);
            w -= Enumerable.Range(0, t + 1).Sum(i => Math.Pow(momentum, t - i) * increments[i]);
        }
        return w;
    };

    /// <summary>An exponential average from 0: <c>sum of (1 - beta) beta^(n - 1 - i) x[i]</c>.</summary>
    private static double Average(IEnumerable<double> values, double beta)
    {
        double[] x = [.. values];
        return Enumerable.Range(0, x.Length).Sum(i => (1 - beta) * Math.Pow(beta, x.Length - 1 - i) * x[i]);
    }
}
