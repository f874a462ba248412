using CsCheck;

namespace NetGen.Tests;

/// <summary>A random batch for a loss, and the reduced loss of it in double.</summary>
internal sealed class RandomBatch
{
    // Around the widths of vectors.
    private static readonly int[] Sizes = [1, 2, 3, 7, 8, 9, 15, 16, 17, 33];

    private RandomBatch(LossOracle oracle, int seed, int batch, int time, int size, int weighting, bool masked, LossReduction reduction)
    {
        Oracle = oracle;
        Reduction = reduction;
        (Batch, Time, Size) = (batch, time, size);
        Random random = new(seed);
        Predictions = new float[Rows * size];
        Targets = new float[oracle.IsSparse ? Rows : Rows * size];
        OneHot = new double[Rows][];
        for (int row = 0; row < Rows; row++)
            FillRow(random, row);
        Weights = weighting switch
        {
            1 => Draw(random, batch),
            2 => Draw(random, Rows),
            3 => [2.5f],
            _ => [],
        };
        if (masked)
            Mask = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(3) > 0)];
    }

    public LossOracle Oracle { get; }

    public LossReduction Reduction { get; }

    public int Batch { get; }

    public int Time { get; }

    public int Size { get; }

    public int Rows => Batch * Time;

    public float[] Predictions { get; }

    public float[] Targets { get; }

    public double[][] OneHot { get; }

    public float[] Weights { get; private init; }

    public bool[] Mask { get; private init; } = [];

    public int[] PredictionShape => Time == 1 ? [Size] : [Time, Size];

    public int[] TargetShape => Oracle.IsSparse ? (Time == 1 ? [] : [Time]) : PredictionShape;

    public static Gen<RandomBatch> Of(LossOracle oracle) => Gen.Select(
        Gen.Int,
        Gen.Int[1, 6],
        Gen.Int[1, 3],
        Gen.Int[0, Sizes.Length - 1].Select(i => Sizes[i]),
        Gen.Int[0, 3],
        Gen.Bool,
        Gen.Enum<LossReduction>(),
        (seed, batch, time, size, weighting, masked, reduction) => new RandomBatch(oracle, seed, batch, time, size, weighting, masked, reduction));

    public LossInput Input(ReadOnlySpan<float> predictions) =>
        new(predictions, PredictionShape, Targets, TargetShape, Batch) { SampleWeights = Weights, Mask = Mask };

    public double WeightOf(int row) => Mask.Length > 0 && !Mask[row]
        ? 0
        : Weights.Length switch { 0 => 1, 1 => Weights[0], int length when length == Rows => Weights[row], _ => Weights[row / Time] };

    /// <summary>What the reduction divides by.</summary>
    public double Divisor()
    {
        IEnumerable<int> rows = Enumerable.Range(0, Rows).Where(row => Mask.Length == 0 || Mask[row]);
        return Reduction switch
        {
            LossReduction.Sum or LossReduction.None => 1,
            LossReduction.MeanWithSampleWeight => rows.Sum(WeightOf),
            _ => rows.Count(),
        };
    }

    public double RowLoss(int row, double[] predictions) => Oracle.Row(predictions, OneHot[row]);

    public double[] RowOf(ReadOnlySpan<float> values, int row) => [.. values.Slice(row * Size, Size).ToArray().Select(v => (double)v)];

    /// <summary>The reduced loss by the definition.</summary>
    public double Value()
    {
        double sum = 0;
        for (int row = 0; row < Rows; row++)
            sum += WeightOf(row) == 0 ? 0 : WeightOf(row) * RowLoss(row, RowOf(Predictions, row));
        return Divisor() == 0 ? 0 : sum / Divisor();
    }

    /// <summary>The derivative by one prediction as a central difference.</summary>
    public double Derivative(int row, int column)
    {
        if (WeightOf(row) == 0 || Divisor() == 0)
            return 0;
        const double step = 1e-5;
        double[] values = RowOf(Predictions, row);
        double at = values[column];
        values[column] = at + step;
        double above = RowLoss(row, values);
        values[column] = at - step;
        return WeightOf(row) / Divisor() * (above - RowLoss(row, values)) / (2 * step);
    }

    /// <summary>The size of the terms whose difference a derivative is, at least 1: t / p and (1 - t) / (1 - p) of a binary
    /// crossentropy may be large where they cancel.</summary>
    public double TermSize(int row, int column)
    {
        if (Oracle.Kind != PredictionKind.Probability || WeightOf(row) == 0)
            return 1;
        double p = Predictions[(row * Size) + column];
        return Math.Max(1, WeightOf(row) / Divisor() * Math.Max(1 / p, 1 / (1 - p)));
    }

    public override string ToString() =>
        $"{Oracle}: batch {Batch}, time {Time}, size {Size}, {Weights.Length} weights, {Mask.Length} mask values, {Reduction}";

    private static float[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(4) == 0 ? 0 : random.NextSingle() * 3)];

    private void FillRow(Random random, int row)
    {
        int label = random.Next(Size);
        int[] places = [.. Enumerable.Range(0, Size)];
        random.Shuffle(places);
        OneHot[row] = new double[Size];
        if (Oracle.IsSparse)
            Targets[row] = label;
        for (int i = 0; i < Size; i++)
        {
            // Crossentropies take one-hot, binary and soft targets alike.
            float target = Oracle.IsSparse || Oracle.Kind == PredictionKind.Distinct ? (i == label ? 1 : 0)
                : Oracle.Kind == PredictionKind.Far ? ((random.Next(2) * 2) - 1) * (0.2f + random.NextSingle())
                : Oracle.Kind == PredictionKind.Margin ? (random.Next(2) * 2) - 1
                : random.Next(3) == 0 ? random.Next(2) : random.NextSingle();
            float prediction = Oracle.Kind switch
            {
                PredictionKind.Real => target + ((random.Next(2) * 2) - 1) * (random.Next(2) == 0 ? 0.02f + (random.NextSingle() * 0.2f) : 1.1f + random.NextSingle()),
                PredictionKind.Positive => 0.05f + random.NextSingle(),
                PredictionKind.Probability => 0.02f + (0.96f * random.NextSingle()),
                PredictionKind.Large => ((random.Next(2) * 2) - 1) * (1 + random.NextSingle()),
                PredictionKind.Margin or PredictionKind.Far => target * (1 + (((random.Next(2) * 2) - 1) * (0.02f + random.NextSingle()))),
                PredictionKind.Distinct => ((places[i] - (Size / 2) + 0.3f) / 8) + (0.02f * target),
                _ => (random.NextSingle() * 8) - 4,
            };
            OneHot[row][i] = target;
            if (!Oracle.IsSparse)
                Targets[(row * Size) + i] = target;
            Predictions[(row * Size) + i] = prediction;
        }
    }
}
