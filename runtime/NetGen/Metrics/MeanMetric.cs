namespace NetGen;

/// <summary>A metric that is the weighted mean of a value per row or per element (Keras's MeanMetricWrapper).</summary>
internal abstract class MeanMetric(string name, MetricDirection direction) : Metric(name, direction)
{
    /// <summary>Whether there is a value per element rather than per row; weights may then be per element too.</summary>
    public virtual bool IsPerElement => false;

    /// <summary>The batch as the metric looks at it.</summary>
    public virtual LossInput View(in LossInput input) => input;

    /// <summary>The axes of the values of one sample.</summary>
    public virtual ReadOnlySpan<int> ValueShape(in LossInput input) => IsPerElement ? input.PredictionShape : input.RowShape;

    public sealed override MetricState CreateState(ReadOnlySpan<int> predictionShape, ReadOnlySpan<int> targetShape) => new MeanState(this);

    /// <summary>Writes the value of each row or element.</summary>
    public abstract void WriteValues(in LossInput input, Span<float> values);

    /// <summary>Whether the metric itself leaves out a row. As in Keras, that counts only where weights or a mask are given.</summary>
    public virtual bool IgnoresRow(in LossInput input, int row) => false;

    /// <summary>The result from the weighted sum and the sum of the weights.</summary>
    public virtual double Finish(double total, double count) => count == 0 ? 0 : total / count;

    /// <summary>The part that each of the <paramref name="count"/> values of a sample has in it.</summary>
    public virtual double Share(int count) => 1.0 / count;
}
