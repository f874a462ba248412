namespace NetGen;

/// <summary>The running weighted sum and the sum of the weights of a <see cref="MeanMetric"/>.</summary>
internal sealed class MeanState(MeanMetric metric) : MetricState(totals: 2)
{
    private float[] values = [];

    private ref double Total => ref Totals[0];

    private ref double Count => ref Totals[1];

    public override double ResultAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(index, 0);
        return metric.Finish(Total, Count);
    }

    public override void Update(in LossInput input) => Add(metric.View(input));

    private void Add(in LossInput input)
    {
        ReadOnlySpan<int> shape = metric.ValueShape(input);
        int length = input.Batch;
        foreach (int size in shape) length *= size;
        input.CheckMask(metric.IsPerElement ? input.Rows : length);
        if (values.Length < length) values = new float[length];
        Span<float> current = values.AsSpan(0, length);
        metric.WriteValues(input, current);

        // A sample counts once, however many rows or elements it has.
        double share = metric.Share(length / input.Batch);
        if (input.IsUnweighted)
        {
            Total += share * RowMath.Sum(current);
            Count += input.Batch;
            return;
        }

        SampleWeightMap map = SampleWeightMap.For(input, shape);
        double weighted = 0;
        double weights = 0;
        for (int i = 0; i < length; i++)
        {
            int row = metric.IsPerElement ? i / input.Size : i;
            if ((!input.Mask.IsEmpty && !input.Mask[row]) || metric.IgnoresRow(input, row)) continue;
            double weight = input.SampleWeights.IsEmpty ? 1 : input.SampleWeights[map[i]];
            weights += weight;
            if (weight != 0) weighted += weight * current[i];
        }

        Total += share * weighted;
        Count += weights / (length / input.Batch);
    }
}
