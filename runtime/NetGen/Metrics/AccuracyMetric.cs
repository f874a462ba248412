namespace NetGen;

/// <summary>Binary, sparse categorical or categorical accuracy, chosen as Keras does for the name "accuracy".</summary>
internal sealed class AccuracyMetric(string name) : Metric(name, MetricDirection.Maximize)
{
    public override MetricState CreateState(ReadOnlySpan<int> predictionShape, ReadOnlySpan<int> targetShape) =>
        Choose(predictionShape, targetShape).CreateState(predictionShape, targetShape);

    internal Metric Choose(ReadOnlySpan<int> predictionShape, ReadOnlySpan<int> targetShape)
    {
        if (predictionShape.IsEmpty || predictionShape[^1] == 1) return BinaryAccuracy(name: Name);
        return IsSparse(predictionShape, targetShape) ? SparseCategoricalAccuracy(Name) : CategoricalAccuracy(Name);
    }

    /// <summary>Whether targets are class indices: fewer axes than the predictions, or a last axis of 1.</summary>
    internal static bool IsSparse(ReadOnlySpan<int> predictionShape, ReadOnlySpan<int> targetShape) =>
        targetShape.IsEmpty || targetShape.Length < predictionShape.Length || targetShape[^1] == 1;
}
