namespace NetGen;

/// <summary>The running confusion matrix of an <see cref="IoUMetric"/>.</summary>
internal sealed class IoUState(IoUMetric metric) : MetricState(totals: metric.Classes * metric.Classes)
{
    private int[] shape = [];

    public override void Update(in LossInput input)
    {
        input.CheckMask(input.Rows);
        Vectors predictions = new(input.PredictionShape, metric.Places(input.PredictionShape, metric.HasSparsePredictions));
        Vectors targets = new(input.TargetShape, metric.Places(input.TargetShape, metric.HasSparseTargets));
        int count = input.Predictions.Length / predictions.Size;
        if (input.Targets.Length / targets.Size != count)
        {
            throw new ArgumentException(
                $"{metric.Name}: predictions of {LossInput.Text(input.PredictionShape)} per sample are {count / input.Batch} classes, targets of "
                + $"{LossInput.Text(input.TargetShape)} are {input.Targets.Length / targets.Size / input.Batch}.");
        }

        SampleWeightMap map = SampleWeightMap.For(input, Shape(input.PredictionShape, metric.Places(input.PredictionShape, metric.HasSparsePredictions)));
        Span<double> matrix = Totals;
        for (int i = 0; i < count; i++)
        {
            if (!input.Mask.IsEmpty && !input.Mask[predictions.First(i) / input.Size]) continue;
            float target = targets.Class(input.Targets, i);
            float prediction = predictions.Class(input.Predictions, i);
            if (metric.Threshold is { } threshold) prediction = prediction >= (float)threshold ? 1 : 0;

            // What is no class counts neither as one nor as another; fractions are cut off, as in Keras.
            if (target == metric.IgnoredClass || !IsClass(target) || !IsClass(prediction)) continue;
            matrix[((int)target * metric.Classes) + (int)prediction] += input.SampleWeights.IsEmpty ? 1 : input.SampleWeights[map[i]];
        }
    }

    public override double ResultAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(index, 0);
        ReadOnlySpan<double> matrix = Totals;
        double sum = 0;
        double occurring = 0;
        foreach (int id in metric.Sought)
        {
            double union = -matrix[(id * metric.Classes) + id];
            for (int other = 0; other < metric.Classes; other++)
                union += matrix[(id * metric.Classes) + other] + matrix[(other * metric.Classes) + id];
            if (union > 1e-9) occurring++;
            sum += matrix[(id * metric.Classes) + id] / (union + LossMath.Epsilon);
        }

        return sum / (occurring + LossMath.Epsilon);
    }

    private bool IsClass(float value) => value > -1 && value < metric.Classes;

    /// <summary>The shape of a sample without the axis of the classes.</summary>
    private ReadOnlySpan<int> Shape(ReadOnlySpan<int> sample, int axis)
    {
        if (axis < 0) return sample;
        if (shape.Length != sample.Length - 1) shape = new int[sample.Length - 1];
        for (int i = 0; i < shape.Length; i++) shape[i] = sample[i < axis ? i : i + 1];
        return shape;
    }

    /// <summary>The vectors along an axis of a tensor, or its elements.</summary>
    private readonly struct Vectors
    {
        private readonly int stride;
        private readonly bool areElements;

        public Vectors(ReadOnlySpan<int> sample, int axis)
        {
            areElements = axis < 0;
            Size = areElements ? 1 : sample[axis];
            stride = 1;
            for (int i = axis + 1; axis >= 0 && i < sample.Length; i++) stride *= sample[i];
        }

        public int Size { get; }

        /// <summary>The position of the first element of a vector.</summary>
        public int First(int vector) => (vector / stride * stride * Size) + (vector % stride);

        /// <summary>The position of the largest element in the vector, or the element.</summary>
        public float Class(ReadOnlySpan<float> values, int vector)
        {
            int first = First(vector);
            if (areElements) return values[first];
            if (stride == 1) return Ranking.ArgMax(values.Slice(first, Size));
            int best = 0;
            for (int i = 1; i < Size; i++)
            {
                float value = values[first + (i * stride)];
                float top = values[first + (best * stride)];
                if (!float.IsNaN(top) && (value > top || float.IsNaN(value))) best = i;
            }

            return best;
        }
    }
}
