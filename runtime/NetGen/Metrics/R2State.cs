namespace NetGen;

/// <summary>The running sums of an <see cref="R2ScoreMetric"/>.</summary>
internal sealed class R2State(R2ScoreMetric metric, int outputs) : MetricState(totals: 1 + (4 * outputs))
{
    public override int ResultLength => metric.Aggregation == R2Aggregation.None ? outputs : 1;

    public override void Update(in LossInput input)
    {
        input.CheckMask(input.Rows);
        input.CheckDense(metric.Name);
        if (input.Size != outputs)
            throw new ArgumentException($"{metric.Name} was made for {outputs} outputs; the predictions have {input.Size}.");
        Span<double> weights = Weights, sum = Sum, squares = Squares, residual = Residual;
        SampleWeightMap map = SampleWeightMap.For(input, input.PredictionShape);
        for (int i = 0; i < input.Predictions.Length; i++)
        {
            int row = i / outputs;
            if (!input.Mask.IsEmpty && !input.Mask[row]) continue;
            int output = i - (row * outputs);
            double weight = input.SampleWeights.IsEmpty ? 1 : input.SampleWeights[map[i]];
            double target = input.Targets[i];
            double error = target - input.Predictions[i];
            weights[output] += weight;
            sum[output] += weight * target;
            squares[output] += weight * target * target;
            residual[output] += weight * error * error;
        }

        Samples += input.Rows;
    }

    public override double ResultAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, ResultLength);
        return Samples == 0 ? 0 : Adjust(Aggregate(index));
    }

    private ref double Samples => ref Totals[0];

    private Span<double> Weights => Totals.Slice(1, outputs);

    private Span<double> Sum => Totals.Slice(1 + outputs, outputs);

    private Span<double> Squares => Totals.Slice(1 + (2 * outputs), outputs);

    private Span<double> Residual => Totals.Slice(1 + (3 * outputs), outputs);

    private double Aggregate(int index)
    {
        if (metric.Aggregation == R2Aggregation.None) return Score(index);
        double total = 0;
        double divisor = 0;
        for (int output = 0; output < outputs; output++)
        {
            double weight = metric.Aggregation == R2Aggregation.UniformAverage ? 1 : Variation(output);
            total += weight * Score(output);
            divisor += weight;
        }

        return total / divisor;
    }

    private double Variation(int output) => Squares[output] - (Sum[output] * Sum[output] / Weights[output]);

    private double Score(int output)
    {
        double score = 1 - (Residual[output] / Variation(output));
        return double.IsInfinity(score) ? 0 : score;
    }

    /// <summary>The adjusted score; as in Keras, the plain one where there are too few samples for it.</summary>
    private double Adjust(double score)
    {
        int regressors = metric.NumRegressors;
        if (regressors == 0 || regressors >= Samples - 1) return score;
        return 1 - ((1 - score) * (Samples - 1) / (Samples - regressors - 1));
    }
}
