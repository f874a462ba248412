using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NetGen.Benchmarks;

/// <summary>
/// A layer as calls of torch's functions on its parameters. Modules chained by nn.Sequential compute the same and spend about a
/// microsecond more per layer, a fifth of a small network's time.
/// </summary>
internal abstract class TorchLayer : IDisposable
{
    /// <summary>What the optimizer trains.</summary>
    public virtual IEnumerable<Parameter> Parameters => [];

    /// <summary>The layer's output, which the caller owns.</summary>
    public abstract Tensor Forward(ReadOnlySpan<Tensor> x);

    public virtual void Dispose()
    {
        foreach (var parameter in Parameters) parameter.Dispose();
    }

    /// <summary>In place, which saves an allocation; the gradients need only the outputs.</summary>
    protected static Tensor InPlace(Nonlinearity f, Tensor y) => f switch
    {
        Nonlinearity.Linear => y,
        Nonlinearity.ReLU => y.relu_(),
        Nonlinearity.ReLU6 => y.clamp_(0, 6),
        Nonlinearity.Tanh => y.tanh_(),
        _ => throw new ArgumentOutOfRangeException(nameof(f), f, "it does not work in place"),
    };
}
