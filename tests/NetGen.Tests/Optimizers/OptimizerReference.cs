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

    internal static Rule Adamax(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, double decay = 0) => (w, g, rate) =>
    {
        for (int t = 1; t <= g.Length; t++)
        {
            double largest = Enumerable.Range(0, t).Max(i => Math.Pow(beta2, t - 1 - i) * Math.Abs(g[i]));
            w -= w * decay * rate(t - 1);
            w -= rate(t - 1) / (1 - Math.Pow(beta1, t)) * Average(g.Take(t), beta1) / (largest + epsilon);
        }
        return w;
    };

    internal static Rule Nadam(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, double decay = 0) => (w, g, rate) =>
    {
        double Share(int t) => beta1 * (1 - (0.5 * Math.Pow(0.96, t)));
        double Product(int t) => Enumerable.Range(1, t).Aggregate(1.0, (product, i) => product * Share(i));
        for (int t = 1; t <= g.Length; t++)
        {
            double mean = Average(g.Take(t), beta1), square = Average(g.Take(t).Select(x => x * x), beta2) / (1 - Math.Pow(beta2, t));
            double ahead = (Share(t + 1) * mean / (1 - Product(t + 1))) + ((1 - Share(t)) * g[t - 1] / (1 - Product(t)));
            w -= w * decay * rate(t - 1);
            w -= rate(t - 1) * ahead / (Math.Sqrt(square) + epsilon);
        }
        return w;
    };

    internal static Rule Adagrad(double start = 0.1, double epsilon = 1e-7, double decay = 0) => (w, g, rate) =>
    {
        for (int t = 0; t < g.Length; t++)
        {
            w -= w * decay * rate(t);
            w -= rate(t) * g[t] / Math.Sqrt(start + g.Take(t + 1).Sum(x => x * x) + epsilon);
        }
        return w;
    };

    internal static Rule Adadelta(double rho = 0.95, double epsilon = 1e-7, double decay = 0) => (w, g, rate) =>
    {
        List<double> moves = [];
        for (int t = 0; t < g.Length; t++)
        {
            double square = Average(g.Take(t + 1).Select(x => x * x), rho), moved = Average(moves.Select(x => x * x), rho);
            moves.Add(Math.Sqrt((moved + epsilon) / (square + epsilon)) * g[t]);
            w -= w * decay * rate(t);
            w -= rate(t) * moves[t];
        }
        return w;
    };

    internal static Rule Lion(double beta1 = 0.9, double beta2 = 0.99, double decay = 0) => (w, g, rate) =>
    {
        for (int t = 0; t < g.Length; t++)
        {
            double mean = Average(g.Take(t), beta2);
            w -= w * decay * rate(t);
            w -= rate(t) * Math.Sign((beta1 * mean) + ((1 - beta1) * g[t]));
        }
        return w;
    };

    internal static Rule Ftrl(double power = -0.5, double start = 0.1, double l1 = 0, double l2 = 0, double shrinkage = 0, double beta = 0, double decay = 0) => (w, g, rate) =>
    {
        double linear = 0;
        for (int t = 0; t < g.Length; t++)
        {
            double last = start + g.Take(t).Sum(x => x * x), sum = last + (g[t] * g[t]);
            w *= 1 - (decay * rate(t));
            double sigma = (Math.Pow(sum, -power) - Math.Pow(last, -power)) / rate(t);
            linear += g[t] + (2 * shrinkage * w) - (sigma * w);
            double quadratic = (Math.Pow(sum, -power) / rate(t)) + (2 * (l2 + (beta / (2 * rate(t)))));
            w = Math.Abs(linear) <= l1 ? 0 : ((Math.Sign(linear) * l1) - linear) / quadratic;
        }
        return w;
    };

    internal static Rule ScheduleFreeAdamW(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, int warmup = 0, double decay = 0) => (w, g, rate) =>
    {
        double from = w, mean = w;
        for (int t = 1; t <= g.Length; t++)
        {
            double learningRate = rate(t - 1) * (warmup > 0 ? Math.Min(1, (double)t / warmup) : 1);
            // Decay acts on the weight between both, and so on the mean alone.
            w -= w * decay * rate(t - 1);
            mean = (w - ((1 - beta1) * from)) / beta1;
            double square = Average(g.Take(t).Select(x => x * x), beta2) / (1 - Math.Pow(beta2, t));
            from -= learningRate * g[t - 1] / (Math.Sqrt(square) + epsilon);
            mean += (from - mean) / t;
            w = from + (beta1 * (mean - from));
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
