namespace NetGen.Samples;

/// <summary>Between the target's unit and the network's: mean 0 and deviation 1 for a linear unit, the range 0 to 1 for a sigmoid.</summary>
/// <param name="Offset">What 0 stands for.</param>
/// <param name="Factor">What a step of 1 stands for.</param>
internal sealed record TargetScale(float Offset, float Factor)
{
    /// <summary>Measures the targets to train on.</summary>
    public static TargetScale Fit(Dataset training, bool bounded)
    {
        if (!bounded)
        {
            Standardizer standardizer = Standardizer.Fit(training, training.Targets[0].Name);
            return new TargetScale(standardizer.Mean[0], standardizer.StandardDeviation[0]);
        }

        float[] values = Targets(training);
        return new TargetScale(values.Min(), Math.Max(values.Max() - values.Min(), float.Epsilon));
    }

    /// <summary>The data set with its target in the network's unit.</summary>
    public Dataset Apply(Dataset data) => data.Map((_, source, destination) => destination[0] = (source[0] - Offset) / Factor, data.Targets[0].Name);

    /// <summary>A prediction in the target's unit.</summary>
    public float Invert(float output) => (output * Factor) + Offset;

    /// <summary>The target of every sample.</summary>
    public static float[] Targets(Dataset data)
    {
        float[] values = new float[data.Count];
        for (int i = 0; i < values.Length; i++) data.ReadTarget(i, values.AsSpan(i, 1));
        return values;
    }
}
