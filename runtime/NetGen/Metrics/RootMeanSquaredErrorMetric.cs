namespace NetGen;

/// <summary><c>sqrt(mean((p - t)^2))</c>, the root taken of the mean over all batches.</summary>
internal sealed class RootMeanSquaredErrorMetric(string name) : MeanMetric(name, MetricDirection.Minimize)
{
    public override bool IsPerElement => true;

    public override void WriteValues(in LossInput input, Span<float> values)
    {
        input.CheckDense(Name);
        for (int i = 0; i < values.Length; i++)
        {
            float error = input.Predictions[i] - input.Targets[i];
            values[i] = error * error;
        }
    }

    public override double Finish(double total, double count) => Math.Sqrt(base.Finish(total, count));
}
