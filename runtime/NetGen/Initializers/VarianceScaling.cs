namespace NetGen;

/// <summary>
/// Random numbers of the variance <c>scale / n</c>, where n is the number of inputs of a unit, of its outputs, or the mean of both; a uniform
/// distribution reaches from -l to l with <c>l = sqrt(3 scale / n)</c>.
/// </summary>
public sealed class VarianceScaling : ScaledInitializer
{
    // The standard deviation of a standard normal distribution cut off at -2 and 2.
    private const double TruncatedDeviation = 0.87962566103423978;

    private readonly double _scale;
    private readonly string _mode;
    private readonly string _distribution;

    /// <summary>Sets the variance and the distribution.</summary>
    /// <param name="scale">The variance times n; positive.</param>
    /// <param name="mode">What n counts: <c>"fan_in"</c>, <c>"fan_out"</c> or <c>"fan_avg"</c>.</param>
    /// <param name="distribution">
    /// <c>"truncated_normal"</c> (or <c>"normal"</c>, the same), <c>"untruncated_normal"</c> or <c>"uniform"</c>; case does not matter.
    /// </param>
    /// <param name="seed">A seed of its own, or null for the network's.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="scale"/> is not positive and finite.</exception>
    /// <exception cref="ArgumentException">There is no such mode or distribution.</exception>
    public VarianceScaling(double scale = 1.0, string mode = "fan_in", string distribution = "truncated_normal", int? seed = null) : base(seed)
    {
        ArgumentNullException.ThrowIfNull(mode);
        ArgumentNullException.ThrowIfNull(distribution);
        _scale = Arguments.Positive(scale, nameof(scale));
        _mode = mode is "fan_in" or "fan_out" or "fan_avg"
            ? mode : throw new ArgumentException($"mode is \"{mode}\"; expected \"fan_in\", \"fan_out\" or \"fan_avg\".", nameof(mode));
        _distribution = distribution.ToLowerInvariant() switch
        {
            "truncated_normal" or "normal" => "truncated_normal",
            "untruncated_normal" => "untruncated_normal",
            "uniform" => "uniform",
            _ => throw new ArgumentException(
                $"distribution is \"{distribution}\"; expected \"truncated_normal\", \"untruncated_normal\" or \"uniform\".", nameof(distribution)),
        };
    }

    /// <summary>
    /// The number of inputs and outputs of a unit: of a matrix its rows and columns; of a convolution's kernel (..., inputs, outputs) both
    /// times the size of the window; of a vector its length; of a scalar 1.
    /// </summary>
    internal static (double In, double Out) ComputeFans(ReadOnlySpan<int> shape)
    {
        if (shape.Length == 0)
            return (1, 1);
        if (shape.Length == 1)
            return (shape[0], shape[0]);
        double window = 1;
        foreach (int size in shape[..^2])
            window *= size;
        return (shape[^2] * window, shape[^1] * window);
    }

    private protected override VarianceScaling Scaling => this;

    /// <summary>Draws the numbers of units of so many inputs and outputs.</summary>
    internal void Draw(Span<float> logical, (double In, double Out) fans, ulong seed, uint stream)
    {
        double count = _mode switch { "fan_in" => fans.In, "fan_out" => fans.Out, _ => (fans.In + fans.Out) / 2 };
        double variance = _scale / Math.Max(1, count);
        switch (_distribution)
        {
            case "truncated_normal":
                Distributions.FillTruncatedNormal(logical, 0, Math.Sqrt(variance) / TruncatedDeviation, seed, stream);
                break;
            case "untruncated_normal":
                Distributions.FillNormal(logical, 0, Math.Sqrt(variance), seed, stream);
                break;
            default:
                double limit = Math.Sqrt(3 * variance);
                Distributions.FillUniform(logical, -limit, limit, seed, stream);
                break;
        }
    }
}
