namespace NetGen;

/// <summary><c>TP / (TP + FP + FN)</c> of classes, their mean over those that occur.</summary>
internal sealed class IoUMetric : Metric
{
    public IoUMetric(
        int numClasses, IReadOnlyList<int>? targetClassIds, int? ignoreClass, bool sparseTargets, bool sparsePredictions, int axis, double? threshold, string name)
        : base(name, MetricDirection.Maximize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numClasses, 1);
        if (targetClassIds is { Count: 0 }) throw new ArgumentException("Expected at least one class.", nameof(targetClassIds));
        foreach (int id in targetClassIds ?? [])
        {
            if (id < 0 || id >= numClasses)
                throw new ArgumentOutOfRangeException(nameof(targetClassIds), id, $"Expected class indices from 0 to {numClasses - 1}.");
        }

        if (axis == 0) throw new ArgumentOutOfRangeException(nameof(axis), axis, "Axis 0 is that of the batch; classes are along another one.");
        if (threshold is { } t && double.IsNaN(t)) throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "Expected a number.");
        Classes = numClasses;
        Sought = targetClassIds is null ? [.. Enumerable.Range(0, numClasses)] : [.. targetClassIds];
        IgnoredClass = ignoreClass;
        HasSparseTargets = sparseTargets;
        HasSparsePredictions = sparsePredictions;
        Axis = axis;
        Threshold = threshold;
    }

    public int Classes { get; }

    /// <summary>The classes whose mean is taken.</summary>
    public int[] Sought { get; }

    public int? IgnoredClass { get; }

    public bool HasSparseTargets { get; }

    public bool HasSparsePredictions { get; }

    public int Axis { get; }

    /// <summary>From where on a prediction is class 1; without it, it is the number of its class.</summary>
    public double? Threshold { get; }

    public override MetricState CreateState(ReadOnlySpan<int> predictionShape, ReadOnlySpan<int> targetShape)
    {
        CheckClasses("predictions", predictionShape, Places(predictionShape, HasSparsePredictions));
        CheckClasses("targets", targetShape, Places(targetShape, HasSparseTargets));
        return new IoUState(this);
    }

    private void CheckClasses(string what, ReadOnlySpan<int> shape, int axis)
    {
        if (axis >= 0 && shape[axis] > Classes)
            throw new ArgumentException($"{Name} is for {Classes} classes; the {what} {LossInput.Text(shape)} have {shape[axis]} along their axis.");
    }

    /// <summary>The axis of the classes as an index into the sample shape; -1 where there is none.</summary>
    public int Places(ReadOnlySpan<int> shape, bool isSparse)
    {
        if (isSparse) return -1;
        int rank = shape.Length + 1;
        int resolved = Axis < 0 ? Axis + rank : Axis;
        return resolved >= 1 && resolved < rank
            ? resolved - 1
            : throw new ArgumentException($"{Name} looks for classes along axis {Axis}; {LossInput.Text(shape)} with its batch has {rank} axes.");
    }
}
