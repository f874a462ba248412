using System.Buffers;

namespace NetGen;

/// <summary>
/// <c>1 - I / (I + alpha (P - I) + beta (T - I) + epsilon)</c> with <c>I = sum(t p)</c>, <c>T = sum(t)</c>, <c>P = sum(p)</c> over some axes: the Tversky
/// index (Salehi and others 2017), and with both factors at 1/2 that of Dice.
/// </summary>
/// <remarks>Each combination of the other axes is a region with a loss of its own. A row that the mask leaves out is in no region's sums. Where the
/// samples share a region, each counts with its weight: the loss is multiplied with their mean, or for the reductions Sum and None their sum.</remarks>
internal sealed class RegionLoss : Loss
{
    private readonly double alpha;
    private readonly double beta;
    private readonly double epsilon;
    private readonly int[]? axes;
    private Shapes? lastShapes;

    public RegionLoss(double alpha, double beta, double epsilon, IReadOnlyList<int>? axis, LossReduction reduction, string name)
        : base(name, reduction)
    {
        this.alpha = Checked(alpha, nameof(alpha));
        this.beta = Checked(beta, nameof(beta));
        this.epsilon = epsilon;
        axes = axis is null ? null : [.. axis];
        if (axes is { Length: 0 }) throw new ArgumentException("Expected at least one axis, or null for all of them.", nameof(axis));
    }

    internal override bool SharesSamples => axes is null || axes.Contains(0);

    internal override LossInput View(in LossInput input) => input.WithStepMask();

    internal override ReadOnlySpan<int> RowShape(in LossInput input)
    {
        // Kept from batch to batch; two threads at once may make it twice.
        if (lastShapes is { } last && input.PredictionShape.SequenceEqual(last.Sample)) return last.Region;
        uint reduced = Reduced(input);
        List<int> kept = [];
        for (int axis = 1; axis <= input.PredictionShape.Length; axis++)
        {
            if ((reduced >> axis & 1) == 0) kept.Add(input.PredictionShape[axis - 1]);
        }

        lastShapes = new Shapes(input.PredictionShape.ToArray(), [.. kept]);
        return lastShapes.Region;
    }

    internal override int CountRows(in LossInput input)
    {
        uint reduced = Reduced(input);
        int count = 1;
        for (int axis = 0; axis <= input.PredictionShape.Length; axis++) count *= (reduced >> axis & 1) == 0 ? SizeOf(input, axis) : 1;
        return count;
    }

    protected internal override double Rows(in LossInput input, int first, int count, float scale, Span<float> gradient) =>
        throw new NotSupportedException("A region spans rows; the batch is reduced as a whole.");

    internal override double Reduce(in LossInput input, ReadOnlySpan<float> logits, Span<float> gradient)
    {
        using Regions regions = Sum(input);
        (double each, double count) = SampleWeight(input);
        SampleWeightMap map = WeightMap(input);
        bool byWeight = Reduction == LossReduction.MeanWithSampleWeight;
        double sum = 0;
        double divisor = 0;
        for (int i = 0; i < regions.Count; i++)
        {
            double weight = regions.Seen[i] == 0 ? 0 : SharesSamples || input.SampleWeights.IsEmpty ? each : input.SampleWeights[map[i]];
            if (regions.Seen[i] != 0) divisor += byWeight ? weight : count;
            if (weight != 0) sum += weight * Value(regions, i);

            // What was seen is no more needed and gives way to the weight.
            regions.Seen[i] = weight;
        }

        double factor = Reduction is LossReduction.Sum or LossReduction.None ? 1 : divisor == 0 ? 0 : 1 / divisor;
        if (!gradient.IsEmpty) Differentiate(input, regions, factor, gradient);
        return factor * sum;
    }

    internal override void WriteRows(in LossInput input, Span<float> losses)
    {
        using Regions regions = Sum(input);
        double each = SampleWeight(input).Each;
        SampleWeightMap map = WeightMap(input);
        for (int i = 0; i < losses.Length; i++)
        {
            double weight = regions.Seen[i] == 0 ? 0 : SharesSamples || input.SampleWeights.IsEmpty ? each : input.SampleWeights[map[i]];
            losses[i] = weight == 0 ? 0 : (float)(weight * Value(regions, i));
        }
    }

    private static double Checked(double factor, string name) => factor >= 0 && double.IsFinite(factor)
        ? factor
        : throw new ArgumentOutOfRangeException(name, factor, "Expected a finite number of at least 0.");

    private SampleWeightMap WeightMap(in LossInput input) => SharesSamples || input.SampleWeights.IsEmpty ? default : SampleWeightMap.For(input, RowShape(input));

    /// <summary>The weight of a region that samples share, and what it counts for in a mean.</summary>
    private (double Each, double Count) SampleWeight(in LossInput input)
    {
        if (!SharesSamples || input.SampleWeights.IsEmpty) return (1, 1);
        if (input.SampleWeights.Length != 1 && input.SampleWeights.Length != input.Batch)
        {
            throw new ArgumentException(
                $"{Name} takes one sample weight or one per sample, {input.Batch}; there are {input.SampleWeights.Length}.", nameof(input.SampleWeights));
        }

        return (RowMath.Sum(input.SampleWeights), input.SampleWeights.Length);
    }

    private static int SizeOf(in LossInput input, int axis) => axis == 0 ? input.Batch : input.PredictionShape[axis - 1];

    /// <summary>Which axes are summed over, one bit for each.</summary>
    private uint Reduced(in LossInput input)
    {
        if (axes is null) return uint.MaxValue;
        int rank = input.PredictionShape.Length + 1;
        uint reduced = 0;
        foreach (int axis in axes)
        {
            if (axis < -rank || axis >= rank)
            {
                throw new ArgumentException(
                    $"{Name} is taken over axis {axis}; the predictions {LossInput.Text(input.PredictionShape)} with their batch have {rank} axes.");
            }

            reduced |= 1u << (axis < 0 ? axis + rank : axis);
        }

        return reduced;
    }

    private double Denominator(in Regions regions, int i) =>
        regions.Both[i] + (alpha * (regions.Predictions[i] - regions.Both[i])) + (beta * (regions.Targets[i] - regions.Both[i])) + epsilon;

    private double Value(in Regions regions, int i) => 1 - (regions.Both[i] / Denominator(regions, i));

    private Regions Sum(in LossInput input)
    {
        input.CheckDense(Name);
        Regions regions = new(CountRows(input));
        Runs runs = new(input, Reduced(input));
        for (int start = 0; start < input.Predictions.Length; start += runs.Length)
        {
            if (!input.StepMask.IsEmpty && !input.StepMask[start / input.Size]) continue;
            ReadOnlySpan<float> p = input.Predictions.Slice(start, runs.Length);
            ReadOnlySpan<float> t = input.Targets.Slice(start, runs.Length);
            int first = runs.RegionOf(input, start);
            if (runs.Step == 0)
            {
                regions.Both[first] += RowMath.Dot(p, t);
                regions.Predictions[first] += RowMath.Sum(p);
                regions.Targets[first] += RowMath.Sum(t);
                regions.Seen[first]++;
                continue;
            }

            for (int i = 0; i < p.Length; i++)
            {
                regions.Both[first + i] += (double)p[i] * t[i];
                regions.Predictions[first + i] += p[i];
                regions.Targets[first + i] += t[i];
                regions.Seen[first + i]++;
            }
        }

        return regions;
    }

    /// <summary>With denominator D, <c>c = 1 - alpha - beta</c> and <c>D' = c t + alpha</c>, the derivative is <c>(I D' - t D) / D^2</c>: linear in t.</summary>
    private void Differentiate(in LossInput input, in Regions regions, double factor, Span<float> gradient)
    {
        for (int i = 0; i < regions.Count; i++)
        {
            double denominator = Denominator(regions, i);
            double scale = factor * regions.Seen[i] / (denominator * denominator);
            double both = regions.Both[i];
            (regions.Predictions[i], regions.Targets[i]) = regions.Seen[i] == 0 ? (0, 0)
                : (scale * (((1 - alpha - beta) * both) - denominator), scale * alpha * both);
        }

        Runs runs = new(input, Reduced(input));
        for (int start = 0; start < gradient.Length; start += runs.Length)
        {
            Span<float> g = gradient.Slice(start, runs.Length);
            if (!input.StepMask.IsEmpty && !input.StepMask[start / input.Size])
            {
                g.Clear();
                continue;
            }

            ReadOnlySpan<float> t = input.Targets.Slice(start, runs.Length);
            ReadOnlySpan<double> slopes = regions.Predictions[runs.RegionOf(input, start)..];
            ReadOnlySpan<double> offsets = regions.Targets[runs.RegionOf(input, start)..];
            for (int i = 0; i < g.Length; i++) g[i] = (float)((slopes[runs.Step * i] * t[i]) + offsets[runs.Step * i]);
        }
    }

    private sealed record Shapes(int[] Sample, int[] Region);

    /// <summary>Elements side by side that are in one region, or in as many regions side by side.</summary>
    private readonly struct Runs
    {
        private readonly uint reduced;

        public Runs(in LossInput input, uint reduced)
        {
            this.reduced = reduced;
            int axis = input.PredictionShape.Length;
            uint status = reduced >> axis & 1;
            Step = status == 1 ? 0 : 1;
            Length = SizeOf(input, axis);

            // A mask tells rows apart.
            if (axis == 0 || !input.StepMask.IsEmpty)
            {
                Length = input.Size;
                return;
            }

            while (--axis >= 0 && (reduced >> axis & 1) == status) Length *= SizeOf(input, axis);
        }

        public int Length { get; }

        public int Step { get; }

        public int RegionOf(in LossInput input, int element)
        {
            int region = 0;
            int stride = 1;
            for (int axis = input.PredictionShape.Length; axis >= 0; axis--)
            {
                int size = SizeOf(input, axis);
                if ((reduced >> axis & 1) == 0)
                {
                    region += element % size * stride;
                    stride *= size;
                }

                element /= size;
            }

            return region;
        }
    }

    /// <summary>The sums of the regions, in one rented block.</summary>
    private readonly ref struct Regions : IDisposable
    {
        private readonly double[] block;

        public Regions(int count)
        {
            Count = count;
            block = ArrayPool<double>.Shared.Rent(4 * count);
            block.AsSpan(0, 4 * count).Clear();
        }

        public int Count { get; }

        public Span<double> Both => block.AsSpan(0, Count);

        public Span<double> Predictions => block.AsSpan(Count, Count);

        public Span<double> Targets => block.AsSpan(2 * Count, Count);

        /// <summary>How many rows are in each region; later its weight.</summary>
        public Span<double> Seen => block.AsSpan(3 * Count, Count);

        public void Dispose() => ArrayPool<double>.Shared.Return(block);
    }
}
