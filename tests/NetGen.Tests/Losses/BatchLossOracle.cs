namespace NetGen.Tests;

/// <summary>A batch for a loss that looks at more than a row at once.</summary>
internal sealed record BatchLossCase(int Batch, int[] Shape, float[] Predictions, int[] TargetShape, float[] Targets)
{
    public float[] Weights { get; init; } = [];

    /// <summary>One value for each row of the predictions.</summary>
    public bool[] Mask { get; init; } = [];

    public int Rows => Predictions.Length / Shape[^1];

    public bool IsKept(int row) => Mask.Length == 0 || Mask[row];

    public LossInput Input(ReadOnlySpan<float> predictions) => new(predictions, Shape, Targets, TargetShape, Batch) { SampleWeights = Weights, Mask = Mask };
}

/// <summary>A second formulation of such a loss, from the definition and in double.</summary>
/// <param name="Name">The name of the case; the part before a space is the row of <see cref="LossTable"/>.</param>
/// <param name="Create">The loss under test.</param>
/// <param name="Draw">Makes a batch.</param>
/// <param name="Losses">The losses in Keras's order, null where one does not count; the first axis is that of samples, unless they share their losses.</param>
internal sealed record BatchLossOracle(
    string Name, Func<LossReduction, Loss> Create, Func<Random, BatchLossCase> Draw, Func<BatchLossCase, double[], double?[]> Losses)
{
    public static IReadOnlyList<BatchLossOracle> All { get; } =
    [
        new("CTC", r => Loss.CTC(r), DrawSequences, Alignments),
        new("Circle", r => Loss.Circle(reduction: r), DrawEmbeddings, (c, p) => Circle(c, p, 80, 0.4, true)),
        new("Circle with itself", r => Loss.Circle(16, 0.2, false, r), DrawEmbeddings, (c, p) => Circle(c, p, 16, 0.2, false)),
        Region("Dice", (r, axis) => Loss.Dice(r, axis: axis), null, 0.5, 0.5),
        Region("Dice of samples", (r, axis) => Loss.Dice(r, axis: axis), [1, 2, -1], 0.5, 0.5),
        Region("Dice of classes", (r, axis) => Loss.Dice(r, axis: axis), [0, 1, 2], 0.5, 0.5),
        Region("Dice of classes of samples", (r, axis) => Loss.Dice(r, axis: axis), [-2, 1], 0.5, 0.5),
        Region("Dice of rows", (r, axis) => Loss.Dice(r, axis: axis), [2], 0.5, 0.5),
        Region("Tversky", (r, axis) => Loss.Tversky(reduction: r, axis: axis), null, 0.5, 0.5),
        Region("Tversky of samples", (r, axis) => Loss.Tversky(0.2, 0.7, r, axis: axis), [1, 2, 3], 0.2, 0.7),
        Region("Tversky of columns", (r, axis) => Loss.Tversky(0.9, 0.3, r, axis: axis), [1, 3], 0.9, 0.3),
    ];

    public override string ToString() => Name;

    private static BatchLossOracle Region(string name, Func<LossReduction, int[]?, Loss> create, int[]? axis, double alpha, double beta) => new(
        name,
        r => create(r, axis),
        random =>
        {
            int[] shape = [1 + random.Next(3), 1 + random.Next(9), 1 + random.Next(4)];
            int count = 3 * shape.Aggregate(1, (a, b) => a * b);
            return new BatchLossCase(3, shape, Values(random, count), shape, [.. Values(random, count).Select(t => MathF.Round(t, 1))]);
        },
        (c, p) =>
        {
            int[] all = [c.Batch, .. c.Shape];
            int[] axes = axis is null ? [0, 1, 2, 3] : [.. axis.Select(a => a < 0 ? a + 4 : a)];
            SortedDictionary<int, double[]> sums = [];
            for (int i = 0; i < p.Length; i++)
            {
                int region = 0;
                int rest = p.Length;
                for (int a = 0, at = i; a < 4; a++)
                {
                    rest /= all[a];
                    region = axes.Contains(a) ? region : (region * all[a]) + (at / rest);
                    at %= rest;
                }

                if (!sums.TryGetValue(region, out double[]? sum)) sums[region] = sum = new double[4];
                if (!c.IsKept(i / c.Shape[^1])) continue;
                sum[0] += p[i] * c.Targets[i];
                sum[1] += (1 - p[i]) * c.Targets[i];
                sum[2] += p[i] * (1 - c.Targets[i]);
                sum[3]++;
            }

            double epsilon = name.StartsWith("Dice", StringComparison.Ordinal) ? 0.5e-7 : 1e-7;
            return [.. sums.Values.Select(s => s[3] == 0 ? null : (double?)(1 - (s[0] / (s[0] + (alpha * s[2]) + (beta * s[1]) + epsilon))))];
        });

    private static float[] Values(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => 0.05f + (0.9f * random.NextSingle()))];

    private static BatchLossCase DrawSequences(Random random)
    {
        const int time = 4, classes = 4, labels = 3;
        float[] targets = new float[3 * labels];
        for (int sample = 0; sample < 3; sample++)
        {
            // The second has two equal labels, one behind the other, which need a blank between; the third has up to as many as a step less than all holds.
            int first = random.Next(classes - 1);
            for (int i = sample == 1 ? 1 : sample - 1 + random.Next(2); i >= 0; i--)
                targets[(sample * labels) + i] = 1 + (sample == 1 ? first : (first + i) % (classes - 1));
        }

        return new BatchLossCase(3, [time, classes], [.. Values(random, 3 * time * classes).Select(x => (6 * x) - 3)], [labels], targets);
    }

    /// <summary>Sums over every sequence of classes that becomes the labels once repetitions are one and blanks are gone.</summary>
    private static double?[] Alignments(BatchLossCase c, double[] logits)
    {
        (int time, int classes) = (c.Shape[0], c.Shape[1]);
        double?[] losses = new double?[c.Batch];
        for (int sample = 0; sample < c.Batch; sample++)
        {
            int[] labels = [.. c.Targets.Skip(sample * c.TargetShape[0]).Take(c.TargetShape[0]).Where(t => t != 0).Select(t => (int)t)];
            double[][] steps = [.. Enumerable.Range(sample * time, time).Where(c.IsKept).Select(row => LossOracle.Softmax(logits[(row * classes)..((row + 1) * classes)]))];
            if (steps.Length == 0) continue;
            double sum = 0;
            for (int code = 0; code < Math.Pow(classes, steps.Length); code++)
            {
                int[] path = new int[steps.Length];
                double product = 1;
                for (int step = 0, rest = code; step < path.Length; step++, rest /= classes)
                {
                    path[step] = rest % classes;
                    product *= steps[step][path[step]];
                }

                if (path.Where((k, i) => k != 0 && (i == 0 || path[i - 1] != k)).SequenceEqual(labels)) sum += product;
            }

            losses[sample] = -Math.Log(sum);
        }

        return losses;
    }

    private static BatchLossCase DrawEmbeddings(Random random)
    {
        const int batch = 7, size = 5;
        float[] embeddings = [.. Values(random, batch * size).Select(x => x - 0.5f)];
        for (int row = 0; row < batch; row++)
        {
            Span<float> x = embeddings.AsSpan(row * size, size);
            float norm = MathF.Sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + x[3] * x[3] + x[4] * x[4]);
            foreach (ref float value in x) value *= 0.9f / norm;
        }

        // The last class has one sample.
        return new BatchLossCase(batch, [size], embeddings, [], [.. Enumerable.Range(0, batch).Select(i => i == batch - 1 ? 9f : i < 2 ? i : random.Next(2))]);
    }

    private static double?[] Circle(BatchLossCase c, double[] p, double gamma, double margin, bool removesDiagonal)
    {
        int size = c.Shape[0];
        double?[] losses = new double?[c.Batch];
        for (int i = 0; i < c.Batch; i++)
        {
            double positive = 0, negative = 0;
            for (int j = 0; j < c.Batch; j++)
            {
                if (!c.IsKept(j)) continue;
                double d = Math.Max(1 - Enumerable.Range(0, size).Sum(k => p[(i * size) + k] * p[(j * size) + k]), 0);
                if (c.Targets[i] != c.Targets[j]) negative += Math.Exp(gamma * Math.Max(1 + margin - d, 0) * (1 - margin - d));
                else if (i != j || !removesDiagonal) positive += Math.Exp(-gamma * Math.Max(margin + d, 0) * (margin - d));
            }

            double loss = Math.Log(1 + (positive * negative));
            losses[i] = c.IsKept(i) && loss > 0 ? loss : null;
        }

        return losses;
    }
}
