namespace NetGen.Tests.Training;

/// <summary>
/// <see cref="Deep"/> once more, in double and by hand: forward, sparse cross-entropy with sample weights, backward, L2, clipping by the global norm, Adam, MaxNorm.
/// Formulas as in Keras 3.
/// </summary>
internal sealed class ReferenceTraining
{
    private const double Epsilon = 1e-3, Momentum = 0.99, L2 = 0.001, MaxNorm = 0.9;
    private const int Inputs = 37, First = 53, Second = 21, Classes = 5;

    private readonly Dictionary<string, double[]> weights = [];
    private readonly Dictionary<string, double[]> m = [];
    private readonly Dictionary<string, double[]> v = [];
    private int steps;

    public ReferenceTraining(Network network)
    {
        foreach (ParameterInfo parameter in network.Parameters)
            weights[parameter.Name] = [.. network.GetWeights(parameter.Name).Select(x => (double)x)];
    }

    public double[] this[string name] => weights[name];

    /// <summary>One step of Adam; the loss before it.</summary>
    public double Step(float[] x, float[] labels, float[] sampleWeights, double learningRate, double globalClipNorm)
    {
        int n = labels.Length;
        double[] z1 = Dense(x.Select(a => (double)a).ToArray(), "dense", n, Inputs, First);
        double[] a1 = [.. z1.Select(a => Math.Max(a, 0))];
        (double[] mean, double[] variance) = Moments(a1, n, First);
        double[] normal = new double[n * First], b1 = new double[n * First];
        for (int i = 0; i < n * First; i++)
        {
            int c = i % First;
            normal[i] = (a1[i] - mean[c]) / Math.Sqrt(variance[c] + Epsilon);
            b1[i] = (weights["batch_normalization/gamma"][c] * normal[i]) + weights["batch_normalization/beta"][c];
        }

        double[] a2 = [.. Dense(b1, "dense_1", n, First, Second).Select(Math.Tanh)];
        double[] p = Dense(a2, "dense_2", n, Second, Classes);
        double loss = 0;
        double[] dLogits = new double[n * Classes];
        for (int i = 0; i < n; i++)
        {
            double[] row = p[(i * Classes)..((i + 1) * Classes)];
            double max = row.Max(), sum = row.Sum(a => Math.Exp(a - max));
            loss += sampleWeights[i] / n * (max + Math.Log(sum) - row[(int)labels[i]]);
            for (int c = 0; c < Classes; c++)
                dLogits[(i * Classes) + c] = sampleWeights[i] / n * ((Math.Exp(row[c] - max) / sum) - (c == (int)labels[i] ? 1 : 0));
        }

        loss += L2 * weights["dense/kernel"].Sum(w => w * w);
        Dictionary<string, double[]> gradients = [];
        double[] dA2 = DenseBackward(a2, dLogits, "dense_2", n, Second, Classes, gradients);
        double[] dZ2 = [.. dA2.Select((d, i) => d * (1 - (a2[i] * a2[i])))];
        double[] dB1 = DenseBackward(b1, dZ2, "dense_1", n, First, Second, gradients);
        double[] dA1 = NormalizationBackward(dB1, normal, variance, n, gradients);
        double[] dZ1 = [.. dA1.Select((d, i) => z1[i] > 0 ? d : 0)];
        DenseBackward([.. x.Select(a => (double)a)], dZ1, "dense", n, Inputs, First, gradients);
        for (int i = 0; i < gradients["dense/kernel"].Length; i++) gradients["dense/kernel"][i] += 2 * L2 * weights["dense/kernel"][i];

        double norm = Math.Sqrt(gradients.Values.Sum(g => g.Sum(a => a * a)));
        double scale = globalClipNorm / Math.Max(norm, globalClipNorm);
        foreach ((string name, double[] gradient) in gradients) Adam(name, gradient, scale, learningRate);
        steps++;
        Constrain("dense_1/kernel", First, Second);
        for (int c = 0; c < First; c++)
        {
            weights["batch_normalization/moving_mean"][c] = (weights["batch_normalization/moving_mean"][c] * Momentum) + (mean[c] * (1 - Momentum));
            weights["batch_normalization/moving_variance"][c] = (weights["batch_normalization/moving_variance"][c] * Momentum) + (variance[c] * (1 - Momentum));
        }

        return loss;
    }

    private double[] Dense(double[] x, string layer, int n, int inputs, int units)
    {
        double[] y = new double[n * units];
        for (int i = 0; i < n; i++)
        {
            for (int u = 0; u < units; u++)
            {
                double sum = weights[layer + "/bias"][u];
                for (int k = 0; k < inputs; k++) sum += x[(i * inputs) + k] * weights[layer + "/kernel"][(k * units) + u];
                y[(i * units) + u] = sum;
            }
        }

        return y;
    }

    private double[] DenseBackward(double[] x, double[] dY, string layer, int n, int inputs, int units, Dictionary<string, double[]> gradients)
    {
        double[] dX = new double[n * inputs], dW = new double[inputs * units], dB = new double[units];
        for (int i = 0; i < n; i++)
        {
            for (int u = 0; u < units; u++)
            {
                double d = dY[(i * units) + u];
                dB[u] += d;
                for (int k = 0; k < inputs; k++)
                {
                    dW[(k * units) + u] += d * x[(i * inputs) + k];
                    dX[(i * inputs) + k] += d * weights[layer + "/kernel"][(k * units) + u];
                }
            }
        }

        gradients[layer + "/kernel"] = dW;
        gradients[layer + "/bias"] = dB;
        return dX;
    }

    private double[] NormalizationBackward(double[] dY, double[] normal, double[] variance, int n, Dictionary<string, double[]> gradients)
    {
        double[] dGamma = new double[First], dBeta = new double[First], dX = new double[n * First];
        for (int i = 0; i < n * First; i++)
        {
            dGamma[i % First] += dY[i] * normal[i];
            dBeta[i % First] += dY[i];
        }

        for (int i = 0; i < n * First; i++)
        {
            int c = i % First;
            dX[i] = weights["batch_normalization/gamma"][c] / Math.Sqrt(variance[c] + Epsilon) * (dY[i] - (dBeta[c] / n) - (normal[i] * dGamma[c] / n));
        }

        gradients["batch_normalization/gamma"] = dGamma;
        gradients["batch_normalization/beta"] = dBeta;
        return dX;
    }

    private static (double[] Mean, double[] Variance) Moments(double[] x, int n, int size)
    {
        double[] mean = new double[size], variance = new double[size];
        for (int i = 0; i < n * size; i++) mean[i % size] += x[i] / n;
        for (int i = 0; i < n * size; i++) variance[i % size] += (x[i] - mean[i % size]) * (x[i] - mean[i % size]) / n;
        return (mean, variance);
    }

    private void Adam(string name, double[] gradient, double scale, double learningRate)
    {
        double[] w = weights[name];
        if (!m.ContainsKey(name)) (m[name], v[name]) = (new double[w.Length], new double[w.Length]);
        double rate = learningRate * Math.Sqrt(1 - Math.Pow(0.999, steps + 1)) / (1 - Math.Pow(0.9, steps + 1));
        for (int i = 0; i < w.Length; i++)
        {
            double g = gradient[i] * scale;
            m[name][i] += (g - m[name][i]) * 0.1;
            v[name][i] += ((g * g) - v[name][i]) * 0.001;
            w[i] -= rate * m[name][i] / (Math.Sqrt(v[name][i]) + 1e-7);
        }
    }

    private void Constrain(string name, int rows, int columns)
    {
        for (int c = 0; c < columns; c++)
        {
            double norm = Math.Sqrt(Enumerable.Range(0, rows).Sum(r => Math.Pow(weights[name][(r * columns) + c], 2)));
            double factor = Math.Min(norm, MaxNorm) / (1e-7 + norm);
            for (int r = 0; r < rows; r++) weights[name][(r * columns) + c] *= factor;
        }
    }
}
