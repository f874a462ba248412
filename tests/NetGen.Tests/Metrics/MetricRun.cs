namespace NetGen.Tests;

/// <summary>Runs a metric over a batch of samples of one axis, in parts.</summary>
internal static class MetricRun
{
    public static MetricState Of(
        Metric metric, float[] predictions, float[] targets, int size, int targetSize, float[]? weights = null, bool[]? mask = null, int parts = 1)
    {
        int batch = predictions.Length / size;
        MetricState state = metric.CreateState([size], [targetSize]);
        for (int part = 0; part < parts; part++)
        {
            (int from, int to) = (part * batch / parts, (part + 1) * batch / parts);
            if (from == to)
                continue;
            state.Update(new LossInput(predictions[(from * size)..(to * size)], [size], targets[(from * targetSize)..(to * targetSize)], [targetSize], to - from)
            {
                SampleWeights = weights is null ? [] : weights[from..to],
                Mask = mask is null ? [] : mask[from..to],
            });
        }

        return state;
    }
}
