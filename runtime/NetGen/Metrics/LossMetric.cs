using System.Buffers;

namespace NetGen;

/// <summary>The mean of a loss over rows, times a sign; the loss's own reduction does not matter.</summary>
internal sealed class LossMetric(Loss loss, string name, MetricDirection direction = MetricDirection.Minimize, float sign = 1) : MeanMetric(name, direction)
{
    public override LossInput View(in LossInput input) => loss.View(input);

    public override void WriteValues(in LossInput input, Span<float> values)
    {
        if (loss.SharesSamples)
        {
            // Each sample has the mean of the losses that it shares.
            float[] rented = ArrayPool<float>.Shared.Rent(loss.CountRows(input));
            Span<float> shared = rented.AsSpan(0, loss.CountRows(input));
            loss.EvaluateRows(input with { SampleWeights = [] }, shared);
            values.Fill((float)(RowMath.Sum(shared) / shared.Length));
            ArrayPool<float>.Shared.Return(rented);
        }
        else
        {
            loss.EvaluateRows(input with { SampleWeights = [] }, values);
        }

        if (sign != 1) RowMath.Scale(values, sign, values);
    }

    public override ReadOnlySpan<int> ValueShape(in LossInput input) => loss.SharesSamples ? [] : loss.RowShape(input);

    public override bool IgnoresRow(in LossInput input, int row) => loss.IgnoresRow(input, row);
}
