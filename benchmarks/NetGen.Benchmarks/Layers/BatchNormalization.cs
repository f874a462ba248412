using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>gamma (x - mean) / sqrt(variance + epsilon) + beta per channel, behind a convolution.</summary>
internal sealed record BatchNormalization(string Name, float Epsilon, float Momentum)
{
    /// <summary>About what gamma is; small at the end of a residual branch, or the sums would grow from block to block.</summary>
    public float Gain { get; init; } = 1;

    private string Gamma => Name + "/gamma";

    private string Beta => Name + "/beta";

    private string Mean => Name + "/moving_mean";

    private string Variance => Name + "/moving_variance";

    /// <summary>The statistics are about those of a map that a kernel of <see cref="WeightShape.Kernel"/> makes.</summary>
    public IEnumerable<WeightShape> Weights(int channels) =>
    [
        WeightShape.Around(Gamma, channels, Gain, Gain / 4),
        WeightShape.Around(Beta, channels, 0, 0.1f),
        WeightShape.Around(Mean, channels, 0, 0.1f),
        WeightShape.Around(Variance, channels, 1, 0.5f),
    ];

    public (Weight Gamma, Weight Beta, Weight Mean, Weight Variance) Of(WeightSet weights) =>
        (weights[Gamma], weights[Beta], weights[Mean], weights[Variance]);

    public string AddTo(OnnxGraph graph, string x, WeightSet weights) =>
        graph.Node("BatchNormalization", Name, [OnnxGraph.Float("epsilon", Epsilon)], x, graph.Initializer(weights[Gamma]),
            graph.Initializer(weights[Beta]), graph.Initializer(weights[Mean]), graph.Initializer(weights[Variance]));

    /// <summary>The filter (m, c, kh, kw) and bias that compute the same with the moving statistics.</summary>
    public (Weight Filter, Weight Bias) FoldInto(Weight filter, Weight? bias, WeightSet weights)
    {
        var (gamma, beta, mean, variance) = Of(weights);
        int filters = gamma.Values.Length, taps = filter.Values.Length / filters;
        var values = new float[filter.Values.Length];
        var shift = new float[filters];
        for (int m = 0; m < filters; m++)
        {
            double scale = gamma.Values[m] / Math.Sqrt(variance.Values[m] + (double)Epsilon);
            for (int t = 0; t < taps; t++) values[(m * taps) + t] = (float)(filter.Values[(m * taps) + t] * scale);
            shift[m] = (float)((((bias?.Values[m] ?? 0.0) - mean.Values[m]) * scale) + beta.Values[m]);
        }
        return (filter with { Values = values }, new Weight(Name, [filters], shift));
    }
}
