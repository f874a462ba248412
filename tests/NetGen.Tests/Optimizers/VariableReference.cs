namespace NetGen.Tests;

/// <summary>The optimizers of whole variables once more, in double and from the papers' algorithms, with matrices as arrays of rows.</summary>
internal static class VariableReference
{
    /// <summary>The weights after all gradients of the history, from their first values; all row-major.</summary>
    internal delegate double[] Rule(double[] weights, int[] shape, double[][] gradients, double rate);

    internal static Rule Lamb(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, double decay = 0) => (weights, _, gradients, rate) =>
    {
        double[] w = [.. weights], m = new double[w.Length], v = new double[w.Length];
        for (int t = 1; t <= gradients.Length; t++)
        {
            double[] g = gradients[t - 1];
            m = [.. m.Zip(g, (a, b) => (beta1 * a) + ((1 - beta1) * b))];
            v = [.. v.Zip(g, (a, b) => (beta2 * a) + ((1 - beta2) * b * b))];
            double[] u = [.. m.Zip(v, (a, b) => a / (1 - Math.Pow(beta1, t)) / (Math.Sqrt(b / (1 - Math.Pow(beta2, t))) + epsilon))];
            w = [.. w.Select(x => x * (1 - (decay * rate)))];
            double ofWeights = Norm(w), ofDirections = Norm(u), trust = ofWeights > 0 && ofDirections > 0 ? ofWeights / ofDirections : 1;
            w = [.. w.Zip(u, (a, b) => a - (rate * trust * b))];
        }
        return w;
    };

    internal static Rule Adafactor(double beta2Decay = -0.8, double epsilon1 = 1e-30, double epsilon2 = 1e-3, double threshold = 1, double decay = 0) => (weights, shape, gradients, rate) =>
    {
        double[] w = [.. weights];
        int rows = shape.Length < 2 ? 0 : shape[^2], columns = shape.Length < 2 ? 0 : shape[^1];
        Dictionary<int, double> r = [], c = [], v = [];
        for (int t = 1; t <= gradients.Length; t++)
        {
            double beta = 1 - Math.Pow(t, beta2Decay);
            double[] g = gradients[t - 1], u = new double[w.Length];
            w = [.. w.Select(x => x * (1 - (decay * rate)))];
            void Follow(Dictionary<int, double> mean, int key, double value) => mean[key] = (beta * mean.GetValueOrDefault(key)) + ((1 - beta) * value);
            double Square(int i) => (g[i] * g[i]) + epsilon1;
            if (rows == 0)
            {
                for (int i = 0; i < w.Length; i++)
                {
                    Follow(v, i, Square(i));
                    u[i] = g[i] / Math.Sqrt(v[i]);
                }
            }
            for (int matrix = 0; rows > 0 && matrix < w.Length / rows / columns; matrix++)
            {
                int first = matrix * rows * columns;
                for (int i = 0; i < rows; i++) Follow(r, (matrix * rows) + i, Enumerable.Range(0, columns).Average(j => Square(first + (i * columns) + j)));
                for (int j = 0; j < columns; j++) Follow(c, (matrix * columns) + j, Enumerable.Range(0, rows).Average(i => Square(first + (i * columns) + j)));
                double average = Enumerable.Range(0, rows).Average(i => r[(matrix * rows) + i]);
                for (int i = 0; i < rows * columns; i++)
                    u[first + i] = g[first + i] / Math.Sqrt(r[(matrix * rows) + (i / columns)] / average * c[(matrix * columns) + (i % columns)]);
            }
            double size = Math.Max(epsilon2, Norm(w) / Math.Sqrt(w.Length)) * Math.Min(rate, 1 / Math.Sqrt(t));
            double clip = Math.Max(1, Norm(u) / Math.Sqrt(u.Length) / threshold);
            w = [.. w.Zip(u, (a, b) => a - (size * b / clip))];
        }
        return w;
    };

    internal static Rule Muon(double momentum = 0.95, int steps = 5, bool nesterov = true, double? rms = 0.2, double decay = 0.004, double adamDecay = 0.004, double ratio = 1, bool excluded = false) => (weights, shape, gradients, rate) =>
    {
        if (shape.Length != 2 || excluded)
        {
            OptimizerReference.Rule adam = OptimizerReference.Adam(decay: adamDecay / ratio);
            return [.. weights.Select((w, i) => adam(w, [.. gradients.Select(g => g[i])], _ => rate * ratio))];
        }
        double[] w = [.. weights], m = new double[w.Length];
        foreach (double[] g in gradients)
        {
            m = [.. m.Zip(g, (a, b) => (momentum * a) + b)];
            double[] x = nesterov ? [.. g.Zip(m, (a, b) => a + (momentum * b))] : m;
            double[] orthogonal = Orthogonalize(x, shape[0], shape[1], steps);
            double factor = rms is { } value ? Math.Sqrt(Math.Max(shape[0], shape[1])) * value : 1;
            w = [.. w.Zip(orthogonal, (a, b) => (a * (1 - (decay * rate))) - (rate * factor * b))];
        }
        return w;
    };

    /// <summary>The iteration from the left on any matrix, which is the same as from the right on a tall one: a x + b (x xᵀ) x + c (x xᵀ)² x.</summary>
    private static double[] Orthogonalize(double[] matrix, int rows, int columns, int steps)
    {
        double norm = Norm(matrix) + 1e-7;
        double[,] x = new double[rows, columns];
        for (int i = 0; i < matrix.Length; i++) x[i / columns, i % columns] = matrix[i] / norm;
        for (int step = 0; step < steps; step++)
        {
            double[,] a = Multiply(x, Transpose(x)), once = Multiply(a, x), twice = Multiply(a, once);
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++) x[i, j] = (3.4445 * x[i, j]) - (4.775 * once[i, j]) + (2.0315 * twice[i, j]);
            }
        }
        return [.. x.Cast<double>()];
    }

    private static double[,] Transpose(double[,] x)
    {
        double[,] y = new double[x.GetLength(1), x.GetLength(0)];
        for (int i = 0; i < x.GetLength(0); i++)
        {
            for (int j = 0; j < x.GetLength(1); j++) y[j, i] = x[i, j];
        }
        return y;
    }

    private static double[,] Multiply(double[,] a, double[,] b)
    {
        double[,] c = new double[a.GetLength(0), b.GetLength(1)];
        for (int i = 0; i < c.GetLength(0); i++)
        {
            for (int j = 0; j < c.GetLength(1); j++)
            {
                for (int k = 0; k < a.GetLength(1); k++) c[i, j] += a[i, k] * b[k, j];
            }
        }
        return c;
    }

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(x => x * x));
}
