namespace NetGen;

/// <summary>The mean of a loss over rows; the loss's own reduction does not matter.</summary>
internal sealed class LossMetric(Loss loss, string name) : MeanMetric(name, MetricDirection.Minimize)
{
    public override void WriteValues(in LossInput input, Span<float> values) => loss.EvaluateRows(input with { SampleWeights = [] }, values);

    public override ReadOnlySpan<int> ValueShape(in LossInput input) => loss.RowShape(input);

    public override bool IgnoresRow(in LossInput input, int row) => loss.IgnoresRow(input, row);
}
