namespace NetGen;

/// <summary>The running sums of an <see cref="R2ScoreMetric"/>.</summary>
internal sealed class R2State(R2ScoreMetric metric, int outputs) : MetricState
{
    private readonly double[] weights = new double[outputs];
    private readonly double[] sum = new double[outputs];
    private readonly double[] squares = new double[outputs];
    private readonly double[] residual = new double[outputs];
    private long samples;

    public override int ResultLength => metric.Aggregation == R2Aggregation.None ? outputs : 1;

    public override void Update(in LossInput input)
    {
        input.CheckMask(input.Rows);
        input.CheckDense(metric.Name);
        if (input.Size != outputs)
            throw new ArgumentException($"{metric.Name} was made for {outputs} outputs; the predictions have {input.Size}.");
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

        samples += input.Rows;
    }

    public override double ResultAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, ResultLength);
        return samples == 0 ? 0 : Adjust(Aggregate(index));
    }

    public override void Reset()
    {
        weights.AsSpan().Clear();
        sum.AsSpan().Clear();
        squares.AsSpan().Clear();
        residual.AsSpan().Clear();
        samples = 0;
    }

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

    private double Variation(int output) => squares[output] - (sum[output] * sum[output] / weights[output]);

    private double Score(int output)
    {
        double score = 1 - (residual[output] / Variation(output));
        return double.IsInfinity(score) ? 0 : score;
    }

    /// <summary>The adjusted score; as in Keras, the plain one where there are too few samples for it.</summary>
    private double Adjust(double score)
    {
        int regressors = metric.NumRegressors;
        if (regressors == 0 || regressors >= samples - 1) return score;
        return 1 - ((1 - score) * (samples - 1) / (samples - regressors - 1));
    }
}
